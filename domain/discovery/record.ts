import * as z from 'zod';
import { CiClass } from '../ci/ci-classes.ts';
import { IdentifierType } from '../identity/identifier.ts';
import { RelationshipType } from '../relationship/relationship-types.ts';
import { Money } from '../shared/money.ts';
import { CalendarDate, Timestamp } from '../shared/time.ts';

/** A value that fits into the table: text, number, truth, or a short list of texts. */
export const AttributeValue = z.union([
  z.string().max(1000),
  z.number(),
  z.boolean(),
  z.array(z.string().max(300)).max(64),
]);
export type AttributeValue = z.infer<typeof AttributeValue>;

/** An identifier as the source wrote it, before normalisation. `qualifier` is the raw vendor or company. */
export const RawIdentifier = z.strictObject({
  type: IdentifierType,
  value: z.string(),
  qualifier: z.string().optional(),
});
export type RawIdentifier = z.infer<typeof RawIdentifier>;

/** The ITAM half: what only asset books, purchase files and people know. */
export const ItamFacts = z.strictObject({
  status: z.string().max(60).optional(),
  name: z.string().max(300).optional(),
  category: z.string().max(200).optional(),
  manufacturer: z.string().max(200).optional(),
  model: z.string().max(200).optional(),
  modelNumber: z.string().max(200).optional(),
  holder: z.string().max(200).optional(),
  holderEmail: z.string().max(200).optional(),
  location: z.string().max(200).optional(),
  company: z.string().max(200).optional(),
  department: z.string().max(200).optional(),
  costCentre: z.string().max(100).optional(),
  supplier: z.string().max(200).optional(),
  orderNumber: z.string().max(100).optional(),
  purchaseDate: CalendarDate.optional(),
  purchaseCost: Money.optional(),
  warrantyEnd: CalendarDate.optional(),
  eolDate: CalendarDate.optional(),
  seats: z.int().nonnegative().optional(),
  notes: z.string().max(1000).optional(),
});
export type ItamFacts = z.infer<typeof ItamFacts>;

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
