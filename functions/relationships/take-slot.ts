import { refuseOccupied } from '../../domain/relationship/cardinality.ts';
import type { Relationship } from '../../domain/relationship/relationship.ts';
import { closeRelationship } from '../../domain/relationship/write-relationship.ts';
import type { Stored } from '../store/entity.ts';
import { latestOf, type UnitOfWork } from '../store/unit-of-work.ts';
import { edgeSlotEntity, relationshipEntity } from './entity.ts';
import { relationshipsAt } from './relationships-at.ts';

type Edge = Pick<Relationship, 'type' | 'from' | 'relationshipId'>;

/** `replaces`: what is in the way is closed in the same act. `leaving`: one that the act closes anyway. */
type Taking = { now: string; replaces: boolean; leaving?: string };

/**
 * Takes the one place for this relationship, and closes what is in it when it may. The place is read before the relationships: whoever
 * has taken it meanwhile has moved it, and this act begins again.
 */
export const takeSlot = async (work: UnitOfWork, edge: Edge, { now, replaces, leaving }: Taking): Promise<void> => {
  const { type, from, relationshipId } = edge;
  const slot = await work.find(edgeSlotEntity, { ciId: from, type });
  const beside = await openBeside(work, edge, slot?.value.relationshipId);
  const inTheWay = beside.filter(({ value }) => value.relationshipId !== leaving);
  if (!replaces) {
    refuseOccupied(
      { type, from },
      inTheWay.map(({ value }) => value),
    );
  }
  for (const stored of inTheWay) {
    const at = latestOf(now, stored);
    const intent = { type: 'RelationshipClosed', reason: `${relationshipId} takes its place`, at };
    work.replace(relationshipEntity, stored, closeRelationship(stored.value, at), intent);
  }
  const put = edgeSlotEntity.toItem(work.author.tenant, { ciId: from, type, relationshipId }, (slot?.version ?? 0) + 1);
  work.stage({ put, expect: slot?.version ?? 'absent' });
};

/** The open relationships of the type from this CI, but for this one; the one that took the place last is read for certain. */
const openBeside = async (
  work: UnitOfWork,
  { type, from, relationshipId }: Edge,
  last: string | undefined,
): Promise<Stored<Relationship>[]> => {
  const { relationships } = await relationshipsAt(work.table, work.author.tenant, [from], 'out', undefined);
  const ids = relationships.filter(({ value }) => value.type === type).map(({ value }) => value.relationshipId);
  const others = [...new Set([...ids, ...(last === undefined ? [] : [last])])].filter((id) => id !== relationshipId);
  const found = await Promise.all(others.map((id) => work.find(relationshipEntity, id)));
  return found
    .filter((one) => one !== undefined)
    .filter(({ value }) => value.validTo === undefined && value.type === type && value.from === from);
};
