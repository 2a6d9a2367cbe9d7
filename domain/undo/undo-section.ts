import type { Facet, FacetSection, Facets, FacetValue } from '../reconcile/facet.ts';
import { manualValues } from '../reconcile/manual.ts';
import { facetOf } from '../reconcile/merge.ts';
import { canonical, sameContent } from '../shared/canonical.ts';
import type { Change } from '../shared/change.ts';
import type { Digest } from '../shared/id.ts';
import { tracePart, type UndoneRun, type Version } from './trace.ts';

type Faceted = { facets: Facets };
/** One field of a section: `refused` is the change since, for which it stays. */
export type SectionField = { field: string; made: unknown; was: unknown; refused?: Change };
export type UndoneSection = { section: FacetSection | undefined; fields: SectionField[] };

/**
 * One section of what the run's source said, taken back. A book's sections are taken back value by value; of discovery a whole section
 * stays when the source has said something else of it since. A value that a person has set by hand since stays too.
 * Undefined: the run did not change this section.
 */
export const undoSection = <T extends Faceted>(
  versions: readonly Version<T>[],
  run: UndoneRun,
  key: string,
  name: string,
  digest: Digest,
): UndoneSection | undefined => {
  const sectionOf = (value: T | undefined) => {
    const sections = value === undefined ? undefined : facetOf(value.facets, key)?.sections;
    return sections !== undefined && Object.hasOwn(sections, name) ? sections[name] : undefined;
  };
  const contentOf = (value: T | undefined) => {
    const { at: _at, ...content } = sectionOf(value) ?? {};
    return content;
  };
  const whole = tracePart(versions, run, contentOf);
  const latest = versions.at(-1)?.value;
  const exact = tracePart(versions, run, sectionOf);
  if (exact === undefined || latest === undefined) return undefined;
  const now = sectionOf(latest);
  // Merely confirmed: only its time goes back, and nobody needs to be told.
  if (whole === undefined) return { section: exact.later === undefined ? exact.was : now, fields: [] };
  const before = exact.later === undefined ? exact.was : sectionBefore(versions, whole.was, contentOf, sectionOf);
  const half: Facet['half'] = key.endsWith('#book') ? 'book' : 'discovery';

  const names = changedNames(valuesOf(whole.was), valuesOf(whole.made));
  const fields = names.map((field): SectionField => {
    const value = tracePart(versions, run, (one) => valuesOf(contentOf(one))[field]);
    const later = half === 'discovery' ? whole.later : value?.later;
    const refused = later ?? manualSince(versions, run, value?.at ?? whole.at, [field, `${name}.${field}`]);
    const told = { field: name === 'itam' ? field : `${name}.${field}`, made: value?.made, was: value?.was };
    return refused === undefined ? told : { ...told, refused };
  });
  if (half === 'discovery' && whole.later !== undefined) {
    const all = { field: name, made: 'the run’s word', was: 'the word before', refused: whole.later };
    return { section: now, fields: fields.length > 0 ? fields : [all] };
  }
  const kept = names.filter((_, n) => fields[n]?.refused !== undefined);
  if (kept.length === 0 && whole.later === undefined) {
    const listed = { field: name, made: whole.made, was: whole.was };
    return { section: before, fields: fields.length > 0 ? fields : [listed] };
  }
  const base = half === 'book' ? valuesOf(now) : valuesOf(before);
  const back = half === 'book' ? names.filter((one) => !kept.includes(one)) : [];
  const values = {
    ...without(base, back),
    ...pick(valuesOf(before), back),
    ...pick(valuesOf(now), half === 'book' ? [] : kept),
  };
  return { section: rebuilt(before, now, values, digest), fields };
};

const valuesOf = (section: { values?: Record<string, FacetValue> | undefined } | undefined) => section?.values ?? {};

/** With its time, the section that had this content. */
const sectionBefore = <T>(
  versions: readonly Version<T>[],
  was: unknown,
  contentOf: (value: T) => unknown,
  sectionOf: (value: T) => FacetSection | undefined,
): FacetSection | undefined => {
  const found = versions.findLast(({ value }) => sectionOf(value) !== undefined && sameContent(contentOf(value), was));
  return found === undefined ? undefined : sectionOf(found.value);
};

/** Its hash stands for no content that a source could send, so that the source's next word counts; a bulky list keeps naming its file. */
const rebuilt = (
  before: FacetSection | undefined,
  now: FacetSection | undefined,
  values: Record<string, FacetValue>,
  digest: Digest,
): FacetSection | undefined => {
  const base = before ?? now;
  if (base === undefined || (Object.keys(values).length === 0 && base.count === undefined)) return undefined;
  const hash = before?.count === undefined ? digest(canonical(['undone', values])).slice(0, 16) : before.hash;
  const { count: _count, ...plain } = base;
  return { ...(before?.count === undefined ? plain : base), at: now?.at ?? base.at, hash, values };
};

const manualSince = <T extends Faceted>(
  versions: readonly Version<T>[],
  { runId }: UndoneRun,
  at: number,
  names: readonly string[],
): Change | undefined => {
  const handOf = (value: T | undefined) => pick(value === undefined ? {} : manualValues(value.facets), names);
  return versions.find(
    ({ value, change }, n) =>
      n > at && change.correlationId !== runId && !sameContent(handOf(value), handOf(versions[n - 1]?.value)),
  )?.change;
};

type Values = Record<string, FacetValue>;
const pick = (values: Values, names: readonly string[]): Values =>
  Object.fromEntries(Object.entries(values).filter(([name]) => names.includes(name)));
const without = (values: Values, names: readonly string[]): Values =>
  Object.fromEntries(Object.entries(values).filter(([name]) => !names.includes(name)));
const changedNames = (a: Values, b: Values): string[] =>
  [...new Set([...Object.keys(a), ...Object.keys(b)])].sort().filter((name) => !sameContent(a[name], b[name]));
