import * as z from 'zod';
import { type Facet, type Facets, FacetValue, sourceOfFacet } from '../reconcile/facet.ts';
import { text } from '../shared/scalars.ts';
import { Timestamp } from '../shared/time.ts';

/** What one side says, which source says so, and when it did. Without a value: it says that there is none. */
export const Said = z
  .strictObject({ value: FacetValue.optional(), source: text, at: Timestamp })
  .meta({ id: 'DriftSaid' });
export type Said = z.infer<typeof Said>;

/** One point in which what is declared is not what was discovered. */
export type Disagreement = {
  kind: 'attribute' | 'edge' | 'presence';
  /** The attribute, or the kind of edge. */
  subject: string;
  /** Of an edge: the CI at its other end. */
  otherCiId?: string;
  declared?: Said;
  discovered?: Said;
};

type Half = Exclude<Facet['half'], 'manual'>;

export const declares = (facets: Facets): boolean => Object.values(facets).some(({ half }) => half === 'book');
export const isDiscovered = (facets: Facets): boolean => Object.values(facets).some(({ half }) => half === 'discovery');

/** The facets of one half, the one with the latest word on a section first. */
const speakers = (facets: Facets, half: Half, section: string): { source: string; at: string; values: object }[] =>
  Object.entries(facets)
    .flatMap(([key, facet]) => {
      const said = Object.hasOwn(facet.sections, section) ? facet.sections[section] : undefined;
      return facet.half !== half || said?.values === undefined
        ? []
        : [{ source: sourceOfFacet(key), at: said.at, values: said.values }];
    })
    .sort((a, b) => (a.at === b.at ? (a.source < b.source ? -1 : 1) : a.at > b.at ? -1 : 1));

/** The latest word of one half on `<section>.<key>`; of several names the first that is said at all. */
export const saidOf = (facets: Facets, half: Half, names: readonly string[]): Said | undefined => {
  for (const name of names) {
    const dot = name.indexOf('.');
    const [section, key] = [name.slice(0, dot), name.slice(dot + 1)];
    for (const { source, at, values } of speakers(facets, half, section)) {
      if (Object.hasOwn(values, key))
        return { value: (values as Record<string, FacetValue>)[key] as FacetValue, source, at };
    }
  }
  return undefined;
};

/** The latest word of one half on a whole section; of several names the first that is said. */
export const sectionSaidBy = (
  facets: Facets,
  half: Half,
  names: readonly string[],
): { source: string; at: string; values: Record<string, FacetValue> } | undefined => {
  for (const name of names) {
    const [first] = speakers(facets, half, name);
    if (first !== undefined) return { ...first, values: first.values as Record<string, FacetValue> };
  }
  return undefined;
};
