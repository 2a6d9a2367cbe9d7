import * as z from 'zod';
import { CiId, RelationshipId } from '../shared/id.ts';
import { texts } from '../shared/scalars.ts';
import { Timestamp } from '../shared/time.ts';
import { EdgeAttributes } from './edge-attributes.ts';
import { RelationshipType } from './relationship-types.ts';

/**
 * A typed, directed, dated edge between two CIs, read "`from` `type` `to`". `validTo` closes it; closed ones are kept.
 * `sources` that assert it: discovery sources by name, `manual` for people. The last source that lets go closes it.
 */
export const Relationship = z.strictObject({
  relationshipId: RelationshipId,
  type: RelationshipType,
  from: CiId,
  to: CiId,
  sources: texts,
  validFrom: Timestamp,
  validTo: Timestamp.optional(),
  attributes: EdgeAttributes.optional(),
  /** The end that was retired and closed it: when that comes back, it opens again. */
  closedWith: CiId.optional(),
  /** The edge that took its place when one of its ends was merged into another CI. */
  movedTo: RelationshipId.optional(),
});
export type Relationship = z.infer<typeof Relationship>;
