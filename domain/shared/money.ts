import * as z from 'zod';

/**
 * An amount in the minor unit of its currency (cents, öre, yen), never a float:
 * `{ "minor": 226613, "currency": "EUR" }` is 2,266.13 euro. Currency is ISO 4217.
 */
export const Money = z.strictObject({ minor: z.int(), currency: z.string().regex(/^[A-Z]{3}$/) }).meta({ id: 'Money' });
export type Money = z.infer<typeof Money>;
