import * as z from 'zod';

const pattern = /^P(?=\d|T\d)(?:(\d{1,4})W)?(?:(\d{1,5})D)?(?:T(?=\d)(?:(\d{1,6})H)?(?:(\d{1,7})M)?)?$/;
const minute = 60_000;
const units = [7 * 24 * 60 * minute, 24 * 60 * minute, 60 * minute, minute];

/**
 * A length of time as ISO-8601 text, of weeks, days, hours and minutes: `P1D`, `PT6H`, `P1DT12H`. Months and years have no fixed length
 * and are not taken, nor is nothing.
 */
export const Duration = z
  .string()
  .regex(pattern, 'A duration such as P1D, PT6H or P1DT12H: weeks, days, hours and minutes.')
  .refine((text) => !/^\D*(?:0+\D+)+$/.test(text), 'A duration longer than nothing.')
  .meta({ id: 'Duration' });
export type Duration = z.infer<typeof Duration>;

/** Its length in milliseconds. */
export const durationMs = (duration: Duration): number =>
  (pattern.exec(duration)?.slice(1) ?? []).reduce((sum, part, n) => sum + Number(part ?? 0) * (units[n] ?? 0), 0);
