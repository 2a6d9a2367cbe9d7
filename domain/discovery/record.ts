import * as z from 'zod';
import { CiClass } from '../ci/ci-classes.ts';
import { IdentifierType } from '../identity/identifier.ts';
import { RelationshipType } from '../relationship/relationship-types.ts';
import { count, optionalOrdinal, optionalText, text } from '../shared/scalars.ts';
import { Timestamp } from '../shared/time.ts';
import { AttributeValue, ItamFacts } from './facts.ts';

/** An identifier as the source wrote it, before normalisation. `qualifier` is the raw vendor or company. */
export const RawIdentifier = z.strictObject({
  type: IdentifierType,
  value: text,
  qualifier: optionalText,
});
export type RawIdentifier = z.infer<typeof RawIdentifier>;

/** Where on the network a thing was seen: at which port of which device, in which network. No fact of the thing itself. */
export const SeenAt = z.strictObject({ device: optionalText, port: optionalText, network: optionalText });
export type SeenAt = z.infer<typeof SeenAt>;

/**
 * A relation to another thing that the same file describes (`record`: its native key) or that is known by identifiers. `seenAt`: where
 * the other end was seen, for people who have to find it when nothing is known by that; never hashed.
 */
export const RawRelation = z.strictObject({
  type: RelationshipType,
  direction: z.enum(['out', 'in']),
  record: optionalText,
  identifiers: z.array(RawIdentifier).optional(),
  name: optionalText,
  seenAt: SeenAt.optional(),
});
export type RawRelation = z.infer<typeof RawRelation>;

export const RecordWarning = z.strictObject({ code: text, detail: text });
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
 * - `seenAt`, `vendor` (of its MAC): what tells people of a thing that nobody knows; neither hashed nor kept of one that is known.
 * - `volatile` facts (uptime, load, leases) never reach the change hash: formats leave them out.
 */
export const DiscoveryRecord = z.strictObject({
  recordIndex: count,
  line: optionalOrdinal,
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
  sections: z.record(text, z.record(text, AttributeValue)),
  details: z.record(text, z.array(z.unknown())).optional(),
  itam: ItamFacts.optional(),
  relations: z.array(RawRelation).optional(),
  seenAt: z.array(SeenAt).max(16).optional(),
  vendor: z.string().max(100).optional(),
  warnings: z.array(RecordWarning),
});
export type DiscoveryRecord = z.infer<typeof DiscoveryRecord>;

/** A row or device that could not be read: it becomes a `rejected` record beside the good ones. Lines and columns count from 1. */
export const RecordFault = z.strictObject({
  recordIndex: count,
  line: optionalOrdinal,
  errors: z.array(
    z.strictObject({
      line: optionalOrdinal,
      column: optionalOrdinal,
      pointer: optionalText,
      value: z.string().max(200).optional(),
      reason: text,
    }),
  ),
});
export type RecordFault = z.infer<typeof RecordFault>;

/**
 * What a format yields, in file order. `piece` names the element of the file that the record was made of, and which of how many records of
 * it this is: where the same element comes again, it need not be read.
 */
export type ParsedRecord = { record: DiscoveryRecord; piece?: string } | { fault: RecordFault };
