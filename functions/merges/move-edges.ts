import type { Ci } from '../../domain/ci/ci.ts';
import type { MovedEdge } from '../../domain/merge/merge.ts';
import { endsAfterMerge, moveEdge } from '../../domain/merge/move-edge.ts';
import type { Relationship } from '../../domain/relationship/relationship.ts';
import { closeRelationship } from '../../domain/relationship/write-relationship.ts';
import { relationshipEntity } from '../relationships/entity.ts';
import { relationshipsAt } from '../relationships/relationships-at.ts';
import { digest } from '../shared/digest.ts';
import type { Stored } from '../store/entity.ts';
import { latestOf, type UnitOfWork } from '../store/unit-of-work.ts';
import { keepPlaces, settlePlaces } from './one-place.ts';

/** One transaction has room for 100 writes: up to three per edge, and the things themselves, their claims and names. */
export const writesPerEdge = 3;
export const mostEdges = 20;
const mostRead = 400;

/** The open edges of a CI at both ends; undefined when they are more than `most`. */
export const loadEdges = async (
  { table, author }: UnitOfWork,
  ciId: string,
  most: number,
): Promise<Stored<Relationship>[] | undefined> => {
  const sides = await Promise.all(
    (['out', 'in'] as const).map((side) => relationshipsAt(table, author.tenant, [ciId], side, undefined, mostRead)),
  );
  const all = sides.flatMap(({ relationships }) => relationships);
  const edges = [...new Map(all.map((one) => [one.value.relationshipId, one])).values()];
  return edges.length > most || sides.some(({ truncated }) => truncated) ? undefined : edges;
};

type Pair = { survivor: Pick<Ci, 'ciId' | 'class'>; absorbed: string };
type When = { at: string; reason?: string | undefined };

/**
 * Stages that the edges lead to the survivor from now on; those between the two are closed, and of several where there is room for one
 * all but one.
 */
export const moveEdges = async (
  work: UnitOfWork,
  edges: readonly Stored<Relationship>[],
  pair: Pair,
  { at, reason }: When,
): Promise<MovedEdge[]> => {
  const { survivor, absorbed } = pair;
  const moving = edges.map((edge) => ({ edge, ends: endsAfterMerge(edge.value, absorbed, survivor.ciId, digest) }));
  const { gone, evicted } = await settlePlaces(work, moving, pair);
  await keepPlaces(work, moving, survivor);
  const by = (type: string, ...stored: readonly (Stored<Relationship> | undefined)[]) => ({
    type,
    at: latestOf(at, ...stored),
    reason,
  });
  for (const edge of evicted) {
    const intent = by('RelationshipClosed', edge);
    work.replace(relationshipEntity, edge, closeRelationship(edge.value, intent.at), intent);
  }
  const moved = await Promise.all(
    moving.map(async ({ edge, ends: wanted }) => {
      const ends = gone.has(edge.value.relationshipId) ? undefined : wanted;
      const known = ends === undefined ? undefined : await work.find(relationshipEntity, ends.relationshipId);
      const when = latestOf(at, edge, known);
      const { closed, opened, moved: note } = moveEdge(edge.value, ends, known?.value, when);
      work.replace(relationshipEntity, edge, closed, by('RelationshipClosed', edge, known));
      if (opened === undefined) return note;
      const isOpen = known !== undefined && known.value.validTo === undefined;
      if (known === undefined) work.create(relationshipEntity, opened, by('RelationshipCreated', edge));
      else
        work.replace(
          relationshipEntity,
          known,
          opened,
          by(isOpen ? 'RelationshipUpdated' : 'RelationshipCreated', edge, known),
        );
      return note;
    }),
  );
  return [...moved, ...evicted.map(({ value }) => ({ from: value.relationshipId }))];
};
