import * as z from 'zod';
import { sameContent } from '../shared/canonical.ts';
import { laterOf, type Timestamp } from '../shared/time.ts';
import { thingSections } from './authority.ts';
import { type Facet, type Facets, type FacetValue, sourceOfFacet } from './facet.ts';

/**
 * What one source says of one attribute: `at` when it first said so, `heardAt` when it last spoke of the thing at all.
 * `fits`: only a value that the attribute's contract takes can be shown.
 */
export type Candidate = {
  source: string;
  half: Facet['half'];
  section: string;
  at: Timestamp;
  heardAt: Timestamp;
  value: FacetValue;
  fits: boolean;
};

/** What all sources say, by attribute. */
export type Candidates = Map<string, Candidate[]>;

type Shape = Record<string, z.ZodType>;

/**
 * Everything that sources say of the facts in `shape`, and of all else when `attributes` are wanted. A fact is taken from the first
 * section of a source that describes the thing itself; all other values are attributes named `<section>.<key>`, so what is shown as
 * a fact is not shown as an attribute again. What people set by hand is named as they named it: `os.version` set by hand stands
 * beside the discovered one.
 */
export const candidatesIn = (facets: Facets, shape: Shape, attributes: boolean): Candidates => {
  const found: Candidates = new Map();
  for (const key of Object.keys(facets)) {
    const facet = facets[key];
    if (facet === undefined) continue;
    const heardAt = lastHeard(facet);
    const say = (name: string, section: string, value: FacetValue, fits: boolean) => {
      const at = facet.sections[section]?.at ?? heardAt;
      const candidate = { source: sourceOfFacet(key), half: facet.half, section, at, heardAt, value, fits };
      const others = found.get(name);
      if (others === undefined) found.set(name, [candidate]);
      else others.push(candidate);
    };
    const told = sayFacts(facet, shape, say);
    if (attributes) sayAttributes(facet, told, say);
  }
  return found;
};

type Say = (name: string, section: string, value: FacetValue, fits: boolean) => void;

/** Gives the names of the attributes that are told as facts. A value that does not fit is told as an attribute too, or it were lost. */
const sayFacts = ({ sections, half }: Facet, shape: Shape, say: Say): Set<string> => {
  const told = new Set<string>();
  const present = thingSections.filter((name) => sections[name]?.values !== undefined);
  if (present.length === 0) return told;
  for (const fact of Object.keys(shape)) {
    const section = present.find((name) => sections[name]?.values?.[fact] !== undefined);
    const value = section === undefined ? undefined : sections[section]?.values?.[fact];
    const accepted = shape[fact];
    if (section === undefined || value === undefined || accepted === undefined) continue;
    const fits = z.safeParse(accepted, value).success;
    say(fact, section, value, fits);
    if (!fits && half !== 'manual') continue;
    for (const name of present) {
      if (sameContent(sections[name]?.values?.[fact], value)) told.add(attributeName(half, name, fact));
    }
  }
  return told;
};

const sayAttributes = ({ sections, half }: Facet, told: ReadonlySet<string>, say: Say): void => {
  for (const section of Object.keys(sections)) {
    const values = sections[section]?.values;
    if (values === undefined) continue;
    for (const key of Object.keys(values)) {
      const name = attributeName(half, section, key);
      const value = values[key];
      if (value !== undefined && !told.has(name)) say(name, section, value, true);
    }
  }
};

const attributeName = (half: Facet['half'], section: string, key: string): string =>
  half === 'manual' ? key : `${section}.${key}`;

/** When a source last spoke of the thing, in any section. */
export const lastHeard = ({ sections, heardAt = '' }: Facet): Timestamp =>
  Object.values(sections).reduce((latest, { at }) => laterOf(latest, at), heardAt);
