import * as z from 'zod';
import { CiClass } from '../ci/ci-classes.ts';
import { IdentifierType } from '../identity/identifier.ts';
import { RelationshipType } from '../relationship/relationship-types.ts';
import { Timestamp } from '../shared/time.ts';
import { AttributeValue, ItamFacts } from './facts.ts';

/** An identifier as the source wrote it, before normalisation. `qualifier` is the raw vendor or company. */
export const RawIdentifier = z.strictObject({
  type: IdentifierType,
  value: z.string(),
  qualifier: z.string().optional(),
});
export type RawIdentifier = z.infer<typeof RawIdentifier>;

/** A relation to another thing that the same file describes (`record`: its native key) or that is known by identifiers. */
export const RawRelation = z.strictObject({
  type: RelationshipType,
  direction: z.enum(['out', 'in']),
  record: z.string().optional(),
  identifiers: z.array(RawIdentifier).optional(),
  name: z.string().optional(),
});
export type RawRelation = z.infer<typeof RawRelation>;

export const RecordWarning = z.strictObject({ code: z.string(), detail: z.string() });
export type RecordWarning = z.infer<typeof RecordWarning>;

/**
 * The canonical discovery record: what every format is mapped to, one per device or row.
 *
 * - `nativeKey`: how this source names the thing, stable between uploads; the key of the source index.
 * - `half`: `discovery` records carry operational facts, `book` records (asset registers, purchase files) the ITAM facts.
 * - `ciClass`: the class of the CI to make, absent when the thing is an asset only. `nature`: physical things may have an asset.
 * - `assetKind`: absent when no asset may be made (virtual machines, applications).
 * - `sections`: facts by section (`bios`, `os`, `network` ...); a partial record replaces only the sections it carries.
 * - `details`: bulky lists by section (software, interfaces ...): kept in S3, only hash and count in the table.
 * - `volatile` facts (uptime, load, leases) never reach the change hash: formats leave them out.
 */
export const DiscoveryRecord = z.strictObject({
  recordIndex: z.int().nonnegative(),
  line: z.int().positive().optional(),
  nativeKey: z.string().min(1).max(400),
  half: z.enum(['discovery', 'book']),
  action: z.enum(['upsert', 'delete']).default('upsert'),
  partial: z.boolean(),
  observedAt: Timestamp.optional(),
  nature: z.enum(['physical', 'virtual', 'logical', 'unknown']),
  container: z.boolean().optional(),
  ciClass: CiClass.optional(),
  assetKind: z.enum(['hardware', 'software', 'consumable']).optional(),
  name: z.string().max(300).optional(),
  identifiers: z.array(RawIdentifier).max(400),
  sections: z.record(z.string(), z.record(z.string(), AttributeValue)),
  details: z.record(z.string(), z.array(z.unknown())).optional(),
  itam: ItamFacts.optional(),
  relations: z.array(RawRelation).optional(),
  warnings: z.array(RecordWarning),
});
export type DiscoveryRecord = z.infer<typeof DiscoveryRecord>;

/** A row or device that could not be read: it becomes a `rejected` record beside the good ones. Lines and columns count from 1. */
export const RecordFault = z.strictObject({
  recordIndex: z.int().nonnegative(),
  line: z.int().positive().optional(),
  errors: z.array(
    z.strictObject({
      line: z.int().positive().optional(),
      column: z.int().positive().optional(),
      pointer: z.string().optional(),
      value: z.string().max(200).optional(),
      reason: z.string(),
    }),
  ),
});
export type RecordFault = z.infer<typeof RecordFault>;

/** What a format yields, in file order. */
export type ParsedRecord = { record: DiscoveryRecord } | { fault: RecordFault };
