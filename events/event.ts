import * as z from 'zod';
import { TenantId } from '../domain/shared/id.ts';
import { Timestamp } from '../domain/shared/time.ts';

/**
 * Declares a published event once: the payload's schema gives the publisher's check, the consumer's envelope and the rule's pattern.
 * Names are past tense. A payload only ever grows; a breaking change is a new type (`AssetCreatedV2`).
 * `id` is the idempotency key (entity and version), the same however often the event is delivered.
 */
export const defineEvent = <const Type extends string, Data extends z.ZodObject>(type: Type, data: Data) => ({
  type,
  data,
  envelope: z.object({
    id: z.string(),
    source: z.literal('hangar'),
    'detail-type': z.literal(type),
    detail: z.strictObject({
      eventId: z.string(),
      type: z.literal(type),
      tenant: TenantId,
      time: Timestamp,
      by: z.string(),
      correlationId: z.string(),
      version: z.int(),
      reason: z.string().optional(),
      data,
    }),
  }),
  pattern: { source: ['hangar'], 'detail-type': [type] },
});
