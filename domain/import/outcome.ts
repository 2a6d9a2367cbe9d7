import * as z from 'zod';

/** What became of one record of a run. */
export const outcomes = [
  'created',
  'updated',
  'unchanged',
  'linked',
  'ambiguous',
  'held',
  'refused',
  'rejected',
] as const;
export const Outcome = z.enum(outcomes).meta({ id: 'Outcome' });
export type Outcome = z.infer<typeof Outcome>;
