import * as z from 'zod';
import { AttributeValue } from '../discovery/facts.ts';
import { Money } from '../shared/money.ts';
import { optionalText, optionalWhole, text } from '../shared/scalars.ts';
import { Timestamp } from '../shared/time.ts';

export const FacetValue = z.union([AttributeValue, Money]);
export type FacetValue = z.infer<typeof FacetValue>;

/**
 * One section of what one source said: `at` when it was observed, `hash` of its content (values and details),
 * `values` shown from the table, `count` of the entries of a bulky list that lies in S3 under that hash.
 */
export const FacetSection = z.strictObject({
  at: Timestamp,
  hash: text,
  values: z.record(text, FacetValue).optional(),
  count: optionalWhole,
});
export type FacetSection = z.infer<typeof FacetSection>;

/**
 * Everything one source said of one entity. `half` decides authority: discovery, the asset book, or a person's own edits.
 * `heardAt`: when it spoke of it again though it said nothing new; kept for freshness rules only, and renewed seldom.
 */
export const Facet = z.strictObject({
  half: z.enum(['discovery', 'book', 'manual']),
  nativeKey: optionalText,
  heardAt: Timestamp.optional(),
  sections: z.record(text, FacetSection),
});
export type Facet = z.infer<typeof Facet>;

/** Facets by `facetKey`; people's edits are the source `manual`. */
export const Facets = z.record(text, Facet);
export type Facets = z.infer<typeof Facets>;

/**
 * A source that sends asset books and inventories alike is kept as two: authority goes by half, and one half must never stand for
 * what the other said. A source name has no `#`.
 */
export const facetKey = (source: string, half: Facet['half']): string => (half === 'book' ? `${source}#book` : source);

/** The source of a facet, as people know it. */
export const sourceOfFacet = (key: string): string => key.split('#', 1)[0] ?? key;
