import * as z from 'zod';
import { sameContent } from '../shared/canonical.ts';
import type { Timestamp } from '../shared/time.ts';
import type { Candidates } from './candidates.ts';
import { decideAll } from './decide-value.ts';
import { FacetValue } from './facet.ts';
import type { RuleOf } from './rule-book.ts';

/** What another set of rules would show in one field, and whose word it is now and then. */
export const FieldEffect = z
  .strictObject({
    field: z.string(),
    before: FacetValue,
    after: FacetValue,
    winningSourceBefore: z.string(),
    winningSourceAfter: z.string(),
  })
  .meta({ id: 'FieldEffect' });
export type FieldEffect = z.infer<typeof FieldEffect>;

/** The fields of one entity that would show another value. Rules choose among values: no field appears or goes. */
export const compareRules = (
  candidates: Candidates,
  present: RuleOf,
  proposed: RuleOf,
  now: Timestamp,
): FieldEffect[] => {
  const after = decideAll(candidates, proposed, now);
  return [...decideAll(candidates, present, now)]
    .flatMap(([field, was]) => {
      const is = after.get(field);
      if (is === undefined || sameContent(was.value, is.value)) return [];
      return [
        {
          field,
          before: was.value,
          after: is.value,
          winningSourceBefore: was.source,
          winningSourceAfter: is.source,
        },
      ];
    })
    .sort((a, b) => (a.field < b.field ? -1 : 1));
};
