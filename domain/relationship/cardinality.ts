import * as z from 'zod';
import { manualSource } from '../reconcile/manual.ts';
import { CiId, RelationshipId } from '../shared/id.ts';
import { Problem } from '../shared/problem.ts';
import { Timestamp } from '../shared/time.ts';
import type { Relationship } from './relationship.ts';
import { RelationshipType } from './relationship-types.ts';

/**
 * The one place that a CI has for relationships of a type that it has one of at most, and which took it last. Whoever opens one writes
 * it with the relationship, in one transaction: two who want it at once meet here. `observedAt`: when a source saw it so.
 */
export const EdgeSlot = z.strictObject({
  ciId: CiId,
  type: RelationshipType,
  relationshipId: RelationshipId,
  observedAt: Timestamp.optional(),
});
export type EdgeSlot = z.infer<typeof EdgeSlot>;

/** Throws `conflict` with the open relationships that are in the way, and how to end them. */
export const refuseOccupied = (
  wanted: Pick<Relationship, 'type' | 'from'>,
  inTheWay: readonly Relationship[],
): void => {
  const [first] = inTheWay;
  if (first === undefined) return;
  throw new Problem('conflict', `${wanted.from} ${wanted.type} ${first.to} already, and can only do so once.`, {
    errors: inTheWay.map(({ relationshipId, to, validFrom }) => ({
      pointer: '#/body/from',
      detail: `${relationshipId}: ${wanted.type} ${to} since ${validFrom}.`,
    })),
    fix: `Send "replace": true to close what is in the way in the same act, or DELETE /relationships/${first.relationshipId}.`,
  });
};

/**
 * What a source's word does where another relationship has the place. `take`: it is free. `move`: the source itself had said the other
 * one, earlier; that ends. `beside`: another source says the other one, and both words stay. `yield`: a person has said it, or the source
 * has seen the other one later. Of two seen at the same moment the one with the larger id stays, whichever comes first.
 */
export const standingOf = (
  wanted: { relationshipId: string; source: string; observedAt: string },
  slot: EdgeSlot | undefined,
  holder: Relationship | undefined,
): 'take' | 'move' | 'beside' | 'yield' => {
  if (slot === undefined || holder === undefined || holder.validTo !== undefined) return 'take';
  if (holder.relationshipId === wanted.relationshipId) return 'take';
  if (holder.sources.includes(manualSource)) return 'yield';
  if (holder.sources.some((one) => one !== wanted.source)) return 'beside';
  const known = slot.observedAt ?? '';
  const isLater =
    wanted.observedAt === known ? wanted.relationshipId > holder.relationshipId : wanted.observedAt > known;
  return isLater ? 'move' : 'yield';
};
