import * as z from 'zod';
import { optionalText, optionalWhole, text } from './scalars.ts';
import { Timestamp } from './time.ts';

/**
 * What made the present version of a stored entity. Written with it in one item; the relay turns it into history and events.
 * `type` is an event type of the catalogue; `correlationId` is the request's or the import run's id; `record` the index inside that run.
 */
export const Change = z.strictObject({
  type: text,
  by: text,
  at: Timestamp,
  reason: optionalText,
  correlationId: text,
  record: optionalWhole,
});
export type Change = z.infer<typeof Change>;
