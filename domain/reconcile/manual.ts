import { canonical } from '../shared/canonical.ts';
import type { Digest } from '../shared/id.ts';
import type { Facets, FacetValue } from './facet.ts';

/** The source name of people's own edits. */
export const manualSource = 'manual';

/** When and how something is written by hand. */
export type Writing = { now: string; digest: Digest };

/** What people set by hand, as stored. */
export const manualValues = (facets: Facets): Record<string, FacetValue> =>
  facets[manualSource]?.sections.manual?.values ?? {};

/**
 * The facets after an edit by hand: given values lock their fields, `null` lets the sources speak again, absent ones stay.
 * An edit that changes nothing gives back the same facets, time included.
 */
export const setManually = (
  facets: Facets,
  patch: Record<string, FacetValue | null | undefined>,
  { now, digest }: Writing,
): Facets => {
  const before = manualValues(facets);
  const values = Object.fromEntries(
    Object.entries({ ...before, ...withoutUndefined(patch) }).filter(([, value]) => value !== null),
  ) as Record<string, FacetValue>;
  if (canonical(values) === canonical(before)) return facets;
  const { [manualSource]: _before, ...others } = facets;
  if (Object.keys(values).length === 0) return others;
  const hash = digest(canonical(values)).slice(0, 16);
  return { ...others, [manualSource]: { half: 'manual', sections: { manual: { at: now, hash, values } } } };
};

const withoutUndefined = <T>(patch: Record<string, T | undefined>): Record<string, T> =>
  Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined)) as Record<string, T>;
