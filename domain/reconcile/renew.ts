import type { Timestamp } from '../shared/time.ts';
import { lastHeard } from './candidates.ts';
import type { Facets } from './facet.ts';
import type { RuleBook } from './rule-book.ts';

/**
 * Is it time to note that a source still speaks of a thing, though it says nothing new? Unchanged news is not written, yet freshness
 * rules look at a source's silence. So it is noted for tenants with such rules only, and at most twice per shortest window.
 */
export const isDueToRenew = (
  { shortestFreshnessMs }: RuleBook,
  heardAt: Timestamp | undefined,
  at: Timestamp,
): boolean => {
  if (shortestFreshnessMs === undefined) return false;
  return heardAt === undefined || Date.parse(at) - Date.parse(heardAt) > shortestFreshnessMs / 2;
};

/** The thing with its source's facet noted as heard at this moment, if that is due; else as it is. */
export const renewFacet = <Thing extends { facets: Facets }>(
  thing: Thing,
  key: string,
  at: Timestamp,
  rules: RuleBook,
): Thing => {
  const facet = Object.hasOwn(thing.facets, key) ? thing.facets[key] : undefined;
  if (facet === undefined || !isDueToRenew(rules, lastHeard(facet), at)) return thing;
  return { ...thing, facets: { ...thing.facets, [key]: { ...facet, heardAt: at } } };
};
