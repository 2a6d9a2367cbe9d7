import type { MovedEdge } from '../../domain/merge/merge.ts';
import { endsAfterMerge, moveEdge } from '../../domain/merge/move-edge.ts';
import type { Relationship } from '../../domain/relationship/relationship.ts';
import { Problem } from '../../domain/shared/problem.ts';
import { relationshipEntity } from '../relationships/entity.ts';
import { relationshipsAt } from '../relationships/relationships-at.ts';
import { digest } from '../shared/digest.ts';
import type { Stored } from '../store/entity.ts';
import type { UnitOfWork } from '../store/unit-of-work.ts';

/** One transaction has room for 100 writes: two per edge, and the things themselves, their claims and names. */
export const mostEdges = 35;
const mostRead = 1000;

/** The open edges of a CI at both ends. Throws `unprocessable` when they are more than one act can move. */
export const loadEdges = async ({ table, author }: UnitOfWork, ciId: string): Promise<Stored<Relationship>[]> => {
  const sides = await Promise.all(
    (['out', 'in'] as const).map((side) => relationshipsAt(table, author.tenant, [ciId], side, undefined, mostRead)),
  );
  const all = sides.flatMap(({ relationships }) => relationships);
  const edges = [...new Map(all.map((one) => [one.value.relationshipId, one])).values()];
  if (edges.length <= mostEdges) return edges;
  throw new Problem('unprocessable', `${edges.length} relationships would move; one act takes ${mostEdges}.`, {
    fix: 'Make the one with more relationships the survivor, or move some before: POST /cis/{ciId}/replace.',
  });
};

/** Stages that the edges lead to the survivor from now on; those between the two are closed. */
export const moveEdges = async (
  work: UnitOfWork,
  edges: readonly Stored<Relationship>[],
  { survivor, absorbed }: { survivor: string; absorbed: string },
  { at, reason }: { at: string; reason?: string | undefined },
): Promise<MovedEdge[]> =>
  Promise.all(
    edges.map(async (edge) => {
      const ends = endsAfterMerge(edge.value, absorbed, survivor, digest);
      const known = ends === undefined ? undefined : await work.find(relationshipEntity, ends.relationshipId);
      const { closed, opened, moved } = moveEdge(edge.value, ends, known?.value, at);
      const by = (type: string) => ({ type, at, reason });
      work.replace(relationshipEntity, edge, closed, by('RelationshipClosed'));
      if (opened === undefined) return moved;
      const isOpen = known !== undefined && known.value.validTo === undefined;
      if (known === undefined) work.create(relationshipEntity, opened, by('RelationshipCreated'));
      else work.replace(relationshipEntity, known, opened, by(isOpen ? 'RelationshipUpdated' : 'RelationshipCreated'));
      return moved;
    }),
  );
