import * as z from 'zod';
import { AssetId, CiId, RelationshipId, RunId } from '../shared/id.ts';
import { optionalText, text, whole } from '../shared/scalars.ts';
import { Timestamp } from '../shared/time.ts';
import { Outcome } from './outcome.ts';

/**
 * One line of a source's index: how the source names the thing, what it said last, and what it became here.
 * It is written last of all that one record writes: the commit record of that record. `run`, `record` and `outcome` tell a replay
 * of the same record what was done, so that it reports the same and does nothing. `relations` are the edges this record asserts,
 * `relatedAt` when it was observed to do so: an older observation that comes late does not close them.
 */
export const SourceEntry = z.strictObject({
  source: text,
  nativeKey: text,
  fingerprint: z.record(text, text),
  ciId: CiId.optional(),
  assetId: AssetId.optional(),
  run: RunId,
  record: whole,
  outcome: Outcome,
  /** When the source last spoke of it, for tenants whose rules mind its silence. */
  heardAt: Timestamp.optional(),
  /** The identity rule that the outcome rests on. */
  rule: optionalText,
  relations: z.array(RelationshipId).optional(),
  relatedAt: Timestamp.optional(),
  /** When the source said it was deleted: what it observed until then does not bring it back. */
  deletedAt: Timestamp.optional(),
  /** When it was observed again after that. */
  revivedAt: Timestamp.optional(),
  /** Since when the source, which lists all it knows, no longer lists it. */
  missingSince: Timestamp.optional(),
  /** Some relation's other end is not known yet: the record is looked at again when it comes again, though it says nothing new. */
  unrelated: z.literal(true).optional(),
  /**
   * The element of a file that it was made of: `<name>.<which>.<of how many records> <hash of the fingerprint>`. An entry that says
   * something else by now does not stand for it any more.
   */
  piece: optionalText,
});
export type SourceEntry = z.infer<typeof SourceEntry>;
