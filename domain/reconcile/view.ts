import * as z from 'zod';
import type { Change } from '../shared/change.ts';
import { laterOf, Timestamp } from '../shared/time.ts';
import { attributeAuthority, thingSections } from './authority.ts';
import { Facet, type Facets, type FacetValue } from './facet.ts';

/** Which sources speak of an entity, and when each was last heard. */
export const FacetSource = z
  .strictObject({ source: z.string(), half: Facet.shape.half, lastObservedAt: Timestamp.optional() })
  .meta({ id: 'FacetSource' });
export type FacetSource = z.infer<typeof FacetSource>;

/** A stored entity as its view is made from it. */
export type Shown<T> = { value: T; version: number; change?: Change };

type Half = Facet['half'];
type Candidate = { source: string; half: Half; at: Timestamp; value: FacetValue };

/**
 * The shown facts: for each key of the schema the value of the first half in authority that has one; among several sources of that
 * half the one last heard, then the first by name. A value that the schema does not take is not shown.
 */
export const showFacts = <Shape extends z.ZodRawShape>(
  facets: Facets,
  schema: z.ZodObject<Shape>,
  authority: (fact: string) => readonly Half[],
): z.output<z.ZodObject<Shape>> => {
  const shown: Record<string, unknown> = {};
  for (const [fact, accepted] of Object.entries(schema.shape)) {
    const candidates = candidatesFor(facets, fact).filter(({ value }) => z.safeParse(accepted, value).success);
    const chosen = choose(candidates, authority(fact));
    if (chosen !== undefined) shown[fact] = chosen.value;
  }
  return shown as z.output<z.ZodObject<Shape>>;
};

const candidatesFor = (facets: Facets, fact: string): Candidate[] =>
  Object.entries(facets).flatMap(([source, { half, sections }]) => {
    for (const name of thingSections) {
      const value = sections[name]?.values?.[fact];
      if (value !== undefined) return [{ source, half, at: sections[name]?.at ?? '', value }];
    }
    return [];
  });

/**
 * All other values, named `<section>.<key>`; what people set by hand is named as they named it, so that `os.version` set by hand
 * replaces the discovered one. `facts` are left out of the manual ones: they are shown on their own.
 */
export const showAttributes = (facets: Facets, facts: readonly string[]): Record<string, FacetValue> => {
  const candidates = new Map<string, Candidate[]>();
  for (const [source, { half, sections }] of Object.entries(facets)) {
    for (const [section, { at, values = {} }] of Object.entries(sections)) {
      for (const [key, value] of Object.entries(values)) {
        if (half === 'manual' && facts.includes(key)) continue;
        const name = half === 'manual' ? key : `${section}.${key}`;
        candidates.set(name, [...(candidates.get(name) ?? []), { source, half, at, value }]);
      }
    }
  }
  const shown: [string, FacetValue][] = [];
  for (const name of [...candidates.keys()].sort()) {
    const chosen = choose(candidates.get(name) ?? [], attributeAuthority);
    if (chosen !== undefined) shown.push([name, chosen.value]);
  }
  return Object.fromEntries(shown);
};

const choose = (candidates: Candidate[], authority: readonly Half[]): Candidate | undefined =>
  candidates.sort(
    (a, b) =>
      authority.indexOf(a.half) - authority.indexOf(b.half) ||
      (a.at === b.at ? (a.source < b.source ? -1 : 1) : a.at > b.at ? -1 : 1),
  )[0];

/** The sources in order of their names. */
export const sourcesOf = (facets: Facets): FacetSource[] =>
  Object.entries(facets)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([source, facet]) => ({ source, half: facet.half, ...lastObserved(facet) }));

const lastObserved = ({ sections }: Facet): { lastObservedAt?: Timestamp } => {
  const times = Object.values(sections).map(({ at }) => at);
  return times.length === 0 ? {} : { lastObservedAt: times.reduce(laterOf) };
};
