import { hasOneAtMost } from '../../domain/relationship/ends.ts';
import type { Relationship } from '../../domain/relationship/relationship.ts';
import {
  checkReplacement,
  mostRepointed,
  type Replacement,
  repoint,
  repointedEnds,
} from '../../domain/relationship/repoint.ts';
import { ciEntity } from '../cis/entity.ts';
import { relationshipEntity } from '../relationships/entity.ts';
import { relationshipsAt } from '../relationships/relationships-at.ts';
import { takeSlot } from '../relationships/take-slot.ts';
import { digest } from '../shared/digest.ts';
import { latestOf, type UnitOfWork } from '../store/unit-of-work.ts';

/** Room for edges that are closed already or of other types. */
const mostRead = 1000;

/**
 * Stages that the open relationships of a CI, at both ends, lead to another CI from now on: closed here and opened there. An edge between
 * the two CIs is left alone.
 */
export const stageReplacement = async (work: UnitOfWork, ciId: string, wanted: Replacement, now: string) => {
  const [old, by] = await Promise.all([work.load(ciEntity, ciId), work.load(ciEntity, wanted.byCiId)]);
  const edges = await movingEdges(work, ciId, wanted);
  checkReplacement(old.value, by.value, edges);
  const takesSlots = edges.length <= mostWithSlots;
  return Promise.all(edges.map((edge) => moveEdge(work, edge.relationshipId, { ciId, wanted, now, takesSlots })));
};

type Move = { ciId: string; wanted: Replacement; now: string; takesSlots: boolean };

/** With a third write for each edge that a CI has one of at most, so many fit into one transaction. */
const mostWithSlots = 33;

const moveEdge = async (work: UnitOfWork, relationshipId: string, { ciId, wanted, now, takesSlots }: Move) => {
  const stored = await work.load(relationshipEntity, relationshipId);
  const ends = repointedEnds(stored.value, ciId, wanted.byCiId, digest);
  const known = await work.find(relationshipEntity, ends.relationshipId);
  if (takesSlots) {
    const from = await work.load(ciEntity, ends.from);
    if (hasOneAtMost(ends.type, from.value)) {
      await takeSlot(work, ends, { now, replaces: false, leaving: relationshipId });
    }
  }
  const at = latestOf(now, stored, known);
  const next = repoint(stored.value, ends, known?.value, at);
  const by = (type: string) => ({ type, reason: wanted.reason, at });
  const isOpen = known !== undefined && known.value.validTo === undefined;
  return {
    closed: work.replace(relationshipEntity, stored, next.closed, by('RelationshipClosed')),
    opened:
      known === undefined
        ? work.create(relationshipEntity, next.opened, by('RelationshipCreated'))
        : work.replace(
            relationshipEntity,
            known,
            next.opened,
            by(isOpen ? 'RelationshipUpdated' : 'RelationshipCreated'),
          ),
  };
};

/** The open edges to move, once each; one more than fit, so that too many are seen as such. */
const movingEdges = async (work: UnitOfWork, ciId: string, { byCiId, types }: Replacement): Promise<Relationship[]> => {
  const { table, author } = work;
  const sides = await Promise.all(
    (['out', 'in'] as const).map((side) => relationshipsAt(table, author.tenant, [ciId], side, undefined, mostRead)),
  );
  return sides
    .flatMap(({ relationships }) => relationships.map(({ value }) => value))
    .filter(({ type }) => types === undefined || types.includes(type))
    .filter(({ from, to }) => from !== byCiId && to !== byCiId)
    .slice(0, mostRepointed + 1);
};
