import * as z from 'zod';

/** A moment: UTC, ISO-8601 with milliseconds, so that text order is time order. */
export const Timestamp = z.iso.datetime({ precision: 3 }).meta({ id: 'Timestamp' });
export type Timestamp = z.infer<typeof Timestamp>;

/** A calendar date without a zone: `2026-05-03`. */
export const CalendarDate = z.iso.date().meta({ id: 'CalendarDate' });
export type CalendarDate = z.infer<typeof CalendarDate>;

/** The later of two moments. */
export const laterOf = (a: Timestamp, b: Timestamp): Timestamp => (a > b ? a : b);
