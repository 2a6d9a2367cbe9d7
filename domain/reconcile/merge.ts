import { sameContent } from '../shared/canonical.ts';
import { laterOf } from '../shared/time.ts';
import type { Facet, FacetSection, Facets } from './facet.ts';

/** One section as a record carries it. `overlay`: what it does not name stays, as a blank cell of a book means "leave". */
export type IncomingSection = Omit<FacetSection, 'at'> & { overlay?: true };

/** What one record says of one entity: whole sections, observed at one moment. */
export type IncomingFacet = {
  half: Facet['half'];
  nativeKey: string;
  at: string;
  sections: Record<string, IncomingSection>;
};

/** The facet under this key. A source may be called like something every object has (`constructor`). */
export const facetOf = (facets: Facets, key: string): Facet | undefined =>
  Object.hasOwn(facets, key) ? facets[key] : undefined;

/**
 * One source's facet after one more record of it. Per section the later observation wins; of two at the same moment the one that
 * comes in. A section that the record does not carry is kept (absence never deletes), so a partial inventory touches only its own.
 * A record that says nothing new leaves the facet as it is: unchanged news is no news. One that does also confirms its equal sections.
 */
export const mergeFacet = (facet: Facet | undefined, incoming: IncomingFacet): Facet => {
  const { half, at } = incoming;
  const taken = Object.entries(incoming.sections).flatMap(([name, section]) => {
    const next = nextSection(sectionOf(facet, name), section, at);
    return next === undefined ? [] : [[name, next] as const];
  });
  if (facet === undefined) return { half, nativeKey: incoming.nativeKey, sections: Object.fromEntries(taken) };
  if (taken.length === 0) return facet;
  const kept = Object.entries(facet.sections).map(([name, known]) => {
    const isConfirmed = incoming.sections[name]?.hash === known.hash && known.at < at;
    return [name, isConfirmed ? { ...known, at } : known] as const;
  });
  const nativeKey = latestName(facet, incoming);
  return { ...facet, half, nativeKey, sections: Object.fromEntries([...kept, ...taken]) };
};

/** A source may have two names for one thing (a guest by itself, and in its host's list): kept is the one it used last. */
const latestName = ({ nativeKey, sections }: Facet, incoming: IncomingFacet): string => {
  const latest = Object.values(sections)
    .map(({ at }) => at)
    .reduce(laterOf, '');
  if (nativeKey === undefined || incoming.at > latest) return incoming.nativeKey;
  return incoming.at < latest || nativeKey < incoming.nativeKey ? nativeKey : incoming.nativeKey;
};

/** Undefined: what is known stays. */
const nextSection = (
  known: FacetSection | undefined,
  { overlay, ...section }: IncomingSection,
  at: string,
): FacetSection | undefined => {
  if (known === undefined) return { ...section, at };
  if (known.hash === section.hash || known.at > at) return undefined;
  if (overlay === undefined || known.values === undefined) return { ...section, at };
  const values = { ...known.values, ...section.values };
  return sameContent(values, known.values) ? undefined : { ...known, ...section, values, at };
};

/** Sections of the record that an older observation could not move: told as a warning, not applied. */
export const staleSections = (facet: Facet | undefined, incoming: IncomingFacet): string[] =>
  Object.entries(incoming.sections).flatMap(([name, section]) => {
    const known = sectionOf(facet, name);
    return known !== undefined && known.hash !== section.hash && known.at > incoming.at ? [name] : [];
  });

const sectionOf = (facet: Facet | undefined, name: string): FacetSection | undefined =>
  facet !== undefined && Object.hasOwn(facet.sections, name) ? facet.sections[name] : undefined;
