import * as z from 'zod';
import { AssetId, CiId, UnknownDeviceId } from '../domain/shared/id.ts';
import { defineEvent } from './event.ts';

const subject = z.strictObject({
  unknownId: UnknownDeviceId,
  state: z.string(),
  key: z.strictObject({ type: z.string(), value: z.string(), source: z.string().optional() }),
  name: z.string().optional(),
  vendor: z.string().optional(),
  seenAt: z.array(
    z.strictObject({
      source: z.string(),
      device: z.string().optional(),
      port: z.string().optional(),
      network: z.string().optional(),
    }),
  ),
  firstSeenAt: z.string(),
  lastSeenAt: z.string(),
  ciId: CiId.optional(),
  assetId: AssetId.optional(),
});

/**
 * A device is on the network that nobody owns. `detection` says why it is told: `first-seen`, `ignore-expired`, `blocked-seen` (once a day
 * while a blocked one is seen) or `known-no-more`.
 */
export const unknownDeviceDetected = defineEvent(
  'UnknownDeviceDetected',
  subject.extend({ detection: z.enum(['first-seen', 'ignore-expired', 'blocked-seen', 'known-no-more']) }),
);
/** Something that is owned has its identifier by now. */
export const unknownDeviceRecognised = defineEvent('UnknownDeviceRecognised', subject);
/** Somebody has decided on it. */
export const unknownDeviceDecided = defineEvent(
  'UnknownDeviceDecided',
  subject.extend({
    decision: z.strictObject({
      decision: z.enum(['approve', 'convert', 'ignore', 'block']),
      by: z.string(),
      at: z.string(),
      reason: z.string(),
      until: z.string().optional(),
    }),
  }),
);
