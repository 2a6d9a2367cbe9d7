import * as z from 'zod';

/**
 * A moment as ISO-8601 text: `z.iso.datetime` as a plain text with its pattern. Same contract and same faults; each further class of schemas
 * that is used costs 1 ms when a function loads.
 */
export const isoMoment = (form: { precision?: number; offset?: boolean }) =>
  z.string().regex(z.regexes.datetime(form), 'Invalid ISO datetime').meta({ format: 'date-time' });

/** A moment: UTC, ISO-8601 with milliseconds, so that text order is time order. */
export const Timestamp = isoMoment({ precision: 3 }).meta({ id: 'Timestamp', format: 'date-time' });
export type Timestamp = z.infer<typeof Timestamp>;

/** A calendar date without a zone: `2026-05-03`. */
export const CalendarDate = z
  .string()
  .regex(z.regexes.date, 'Invalid ISO date')
  .meta({ id: 'CalendarDate', format: 'date' });
export type CalendarDate = z.infer<typeof CalendarDate>;

/** The later of two moments. */
export const laterOf = (a: Timestamp, b: Timestamp): Timestamp => (a > b ? a : b);
