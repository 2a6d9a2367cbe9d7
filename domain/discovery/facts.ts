import * as z from 'zod';
import { Money } from '../shared/money.ts';
import { CalendarDate } from '../shared/time.ts';

/*
 * Apart from the record, because every API function shows facts and none reads discovery records; equal fields share one schema. Both
 * for the start of a function: each schema costs 15 to 60 us when it loads.
 */

/** A value that fits into the table: text, number, truth, or a short list of texts. */
export const AttributeValue = z.union([
  z.string().max(1000),
  z.number(),
  z.boolean(),
  z.array(z.string().max(300)).max(64),
]);
export type AttributeValue = z.infer<typeof AttributeValue>;

const text = z.string().max(200).optional();
const shortText = z.string().max(100).optional();
const date = CalendarDate.optional();

/** The ITAM half: what only asset books, purchase files and people know. */
export const ItamFacts = z.strictObject({
  status: z.string().max(60).optional(),
  name: z.string().max(300).optional(),
  category: text,
  manufacturer: text,
  model: text,
  modelNumber: text,
  holder: text,
  holderEmail: text,
  location: text,
  company: text,
  department: text,
  costCentre: shortText,
  supplier: text,
  orderNumber: shortText,
  purchaseDate: date,
  purchaseCost: Money.optional(),
  warrantyEnd: date,
  eolDate: date,
  seats: z.int().nonnegative().optional(),
  notes: z.string().max(1000).optional(),
});
export type ItamFacts = z.infer<typeof ItamFacts>;
