import * as z from 'zod';

/*
 * The plainest schemas, once for everybody: each schema costs 5 to 60 us and 2 kB when a function loads, and a function loads hundreds.
 */

export const text = z.string();
export const optionalText = text.optional();
export const texts = z.array(text);

export const whole = z.int();
export const optionalWhole = whole.optional();
/** 0, 1, 2 ... */
export const count = whole.nonnegative();
/** 1, 2, 3 ..., or nothing: lines, columns, versions. */
export const optionalOrdinal = whole.positive().optional();
