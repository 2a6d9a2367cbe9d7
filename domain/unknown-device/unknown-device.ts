import * as z from 'zod';
import { SeenAt } from '../discovery/record.ts';
import { IdentifierType } from '../identity/identifier.ts';
import { AssetId, CiId, SourceName, UnknownDeviceId } from '../shared/id.ts';
import { count, optionalText, text } from '../shared/scalars.ts';
import { Timestamp } from '../shared/time.ts';

/**
 * `open`: somebody has to look at it; `approved`: known and accepted, without an asset; `ignored`: until a moment; `blocked`: unwanted;
 * `converted`: made an asset; `known`: something that is owned has its identifier by now.
 */
export const unknownStates = ['open', 'approved', 'ignored', 'blocked', 'converted', 'known'] as const;
export const UnknownState = z.enum(unknownStates).meta({ id: 'UnknownDeviceState' });

/** Why it was told of: seen for the first time, again after an ignore ran out, again though blocked, or owned by nobody any more. */
export const DetectionReason = z.enum(['first-seen', 'ignore-expired', 'blocked-seen', 'known-no-more']);
export type DetectionReason = z.infer<typeof DetectionReason>;

const Place = SeenAt.extend({ source: SourceName });

export const Decision = z.strictObject({
  decision: z.enum(['approve', 'convert', 'ignore', 'block']),
  by: text,
  at: Timestamp,
  reason: text,
  until: Timestamp.optional(),
});

/**
 * A device that was seen on the network and is none that anybody owns: one however often it is seen. `key`: the identifier it goes by,
 * a MAC, else a name or an address in one source. `lastSeenAt`: to the day, so that seeing it again writes once a day. `ciId`: what stands
 * for it meanwhile, or what it is known as.
 */
export const UnknownDevice = z.strictObject({
  unknownId: UnknownDeviceId,
  state: UnknownState,
  key: z.strictObject({ type: IdentifierType, value: text, source: SourceName.optional() }),
  detection: DetectionReason,
  name: optionalText,
  vendor: optionalText,
  identifiers: z.array(z.strictObject({ type: IdentifierType, value: text })),
  seenAt: z.array(Place),
  firstSeenAt: Timestamp,
  lastSeenAt: Timestamp,
  decision: Decision.optional(),
  /** The day for which a blocked device was told of last. */
  toldFor: Timestamp.optional(),
  ciId: CiId.optional(),
  assetId: AssetId.optional(),
});
export type UnknownDevice = z.infer<typeof UnknownDevice>;

/** An unknown device as the API shows it. */
export const UnknownDeviceView = UnknownDevice.omit({ toldFor: true })
  .extend({ version: count })
  .meta({ id: 'UnknownDevice' });
export type UnknownDeviceView = z.infer<typeof UnknownDeviceView>;
