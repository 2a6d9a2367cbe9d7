import * as z from 'zod';
import { CiId, RelationshipId } from '../shared/id.ts';
import { Problem } from '../shared/problem.ts';
import type { Relationship } from './relationship.ts';
import { RelationshipType } from './relationship-types.ts';

/**
 * The one place that a CI has for relationships of a type that it has one of at most, and which took it last. Whoever opens one writes
 * it with the relationship, in one transaction: two who want it at once meet here.
 */
export const EdgeSlot = z.strictObject({ ciId: CiId, type: RelationshipType, relationshipId: RelationshipId });
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
