import * as z from 'zod';
import { Timestamp } from './time.ts';

/**
 * What made the present version of a stored entity. Written with it in one item; the relay turns it into history and events.
 * `type` is an event type of the catalogue; `correlationId` is the request's or the import run's id; `record` the index inside that run.
 */
export const Change = z.strictObject({
  type: z.string(),
  by: z.string(),
  at: Timestamp,
  reason: z.string().optional(),
  correlationId: z.string(),
  record: z.int().optional(),
});
export type Change = z.infer<typeof Change>;
