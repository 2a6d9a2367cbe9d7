import * as z from 'zod';
import type { Change } from '../shared/change.ts';
import { text } from '../shared/scalars.ts';
import { Timestamp } from '../shared/time.ts';
import { lastHeard } from './candidates.ts';
import { Facet, type Facets, sourceOfFacet } from './facet.ts';

/** Which sources speak of an entity, and when each was last heard. */
export const FacetSource = z
  .strictObject({ source: text, half: Facet.shape.half, lastObservedAt: Timestamp.optional() })
  .meta({ id: 'FacetSource' });
export type FacetSource = z.infer<typeof FacetSource>;

/** A stored entity as its view is made from it. */
export type Shown<T> = { value: T; version: number; change?: Change };

/** One facet as a source of an entity. */
export const sourceOf = ([key, facet]: [key: string, facet: Facet]): FacetSource => ({
  source: sourceOfFacet(key),
  half: facet.half,
  ...lastObserved(facet),
});

/** The facets in order of their sources' names. */
export const facetsInOrder = (facets: Facets): [key: string, facet: Facet][] =>
  Object.entries(facets).sort(([a], [b]) => (a < b ? -1 : 1));

/** The sources in order of their names. */
export const sourcesOf = (facets: Facets): FacetSource[] => facetsInOrder(facets).map(sourceOf);

const lastObserved = (facet: Facet): { lastObservedAt?: Timestamp } => {
  const at = lastHeard(facet);
  return at === '' ? {} : { lastObservedAt: at };
};
