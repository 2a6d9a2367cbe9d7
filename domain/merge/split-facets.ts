import { type Facet, type Facets, sourceOfFacet } from '../reconcile/facet.ts';
import { manualSource, manualValues, setManually, type Writing } from '../reconcile/manual.ts';
import { sameContent } from '../shared/canonical.ts';

export type SideName = 'survivor' | 'absorbed';

/** What was said of two things before they were merged, of the one right after, and of the one now. */
export type Told = { survivor: Facets; absorbed: Facets; united: Facets; now: Facets };

/**
 * Whose word is what was said since. `spoke`: the sides under whose names a source has spoken since; `choice`: who gets what cannot be
 * told apart, if a person has said so.
 */
export type Hearing = { spoke: (source: string) => ReadonlySet<SideName>; choice?: SideName | undefined };

export type Split = { survivor: Facets; absorbed: Facets; untold: string[] };

/**
 * Gives each of two things back what was said of it. What a source has said since goes to the one under whose name it spoke; what people
 * have set since stays with the survivor, of which they said it. `untold` lists what cannot be told apart.
 */
export const splitFacets = (told: Told, hearing: Hearing, writing: Writing): Split => {
  const split: { survivor: [string, Facet][]; absorbed: [string, Facet][] } = { survivor: [], absorbed: [] };
  const untold: string[] = [];
  const give = (side: SideName, key: string, facet: Facet | undefined) => {
    if (facet !== undefined) split[side].push([key, facet]);
  };
  const keys = new Set([told.survivor, told.absorbed, told.now].flatMap((facets) => Object.keys(facets)));
  for (const key of [...keys].filter((name) => name !== manualSource).sort()) {
    const [mine, theirs, united, now] = [told.survivor, told.absorbed, told.united, told.now].map((facets) =>
      Object.hasOwn(facets, key) ? facets[key] : undefined,
    );
    if (sameContent(united, now)) {
      give('survivor', key, mine);
      give('absorbed', key, theirs);
      continue;
    }
    const heard = [...hearing.spoke(sourceOfFacet(key))];
    const alone = mine === undefined ? theirs && 'absorbed' : theirs === undefined ? 'survivor' : undefined;
    const owner = alone ?? (heard.length === 1 ? heard[0] : hearing.choice);
    if (owner === undefined) {
      untold.push(...changedSections(united, now).map((section) => `${key} ${section}`));
      continue;
    }
    give(owner, key, withNews(owner === 'survivor' ? mine : theirs, united, now));
    give(owner === 'survivor' ? 'absorbed' : 'survivor', key, owner === 'survivor' ? theirs : mine);
  }
  return {
    survivor: withManual(Object.fromEntries(split.survivor), told, manualNow(told), writing),
    absorbed: withManual(Object.fromEntries(split.absorbed), told, undefined, writing),
    untold,
  };
};

const changedSections = (united: Facet | undefined, now: Facet | undefined): string[] => {
  const names = new Set([...Object.keys(united?.sections ?? {}), ...Object.keys(now?.sections ?? {})]);
  return [...names].filter((name) => !sameContent(united?.sections[name], now?.sections[name])).sort();
};

/** What the source said of the thing before, and what it has said since. */
const withNews = (before: Facet | undefined, united: Facet | undefined, now: Facet | undefined): Facet | undefined => {
  if (before === undefined || now === undefined) return now;
  const news = changedSections(united, now).flatMap((name) => {
    const section = now.sections[name];
    return section === undefined ? [] : [[name, section] as const];
  });
  return { ...before, sections: { ...before.sections, ...Object.fromEntries(news) } };
};

/** What people have set or taken back since the merge. */
const manualNow = ({ united, now }: Told) => {
  const [then, present] = [manualValues(united), manualValues(now)];
  const fields = new Set([...Object.keys(then), ...Object.keys(present)]);
  return Object.fromEntries(
    [...fields].flatMap((name) => (sameContent(then[name], present[name]) ? [] : [[name, present[name] ?? null]])),
  );
};

const withManual = (
  facets: Facets,
  { survivor, absorbed }: Told,
  since: ReturnType<typeof manualNow> | undefined,
  writing: Writing,
): Facets => {
  const before = (since === undefined ? absorbed : survivor)[manualSource];
  const own = before === undefined ? facets : { ...facets, [manualSource]: before };
  return since === undefined ? own : setManually(own, since, writing);
};
