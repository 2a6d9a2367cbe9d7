import type { Asset } from '../asset/asset.ts';
import type { Ci } from '../ci/ci.ts';
import type { Writing } from '../reconcile/manual.ts';
import { sameContent } from '../shared/canonical.ts';
import { type Hearing, type SideName, splitFacets } from './split-facets.ts';

/** One thing before and right after a merge, and now. */
export type Versions<T> = { before: T; after: T; now: T };

type Both<T> = { survivor: T; absorbed: T; untold: string[] };

/**
 * Two CIs again. What was set of the survivor since stays with it; everything else is as it was. Bindings are another matter.
 * `untold`: what cannot be told apart.
 */
export const splitCis = (survivor: Versions<Ci>, absorbed: Ci, hearing: Hearing, writing: Writing): Both<Ci> => {
  const facets = splitFacets(toldOf(survivor, absorbed), hearing, writing);
  const { class: _class, ownClasses: _own, status: _s, statusSetBy: _by, retiredAt: _r, ...rest } = survivor.now;
  const classNow = ({ class: name, ownClasses }: Ci) => ({ class: name, ...(ownClasses && { ownClasses }) });
  const statusNow = ({ status, statusSetBy, retiredAt }: Ci) => ({
    status,
    statusSetBy,
    ...(retiredAt === undefined ? {} : { retiredAt }),
  });
  const names = splitNames(survivor, absorbed, facets, hearing);
  return {
    survivor: withoutLast({
      ...rest,
      ...sinceThen(survivor, classNow),
      ...sinceThen(survivor, statusNow),
      facets: facets.survivor,
      identifiers: names.survivor,
    }),
    absorbed: { ...absorbed, facets: facets.absorbed, identifiers: names.absorbed },
    untold: [...facets.untold, ...names.untold],
  };
};

/** Two assets again. */
export const splitAssets = (
  survivor: Versions<Asset>,
  absorbed: Asset,
  hearing: Hearing,
  writing: Writing,
): Both<Asset> => {
  const facets = splitFacets(toldOf(survivor, absorbed), hearing, writing);
  const names = splitNames(survivor, absorbed, facets, hearing);
  return {
    survivor: withoutLast({
      ...survivor.now,
      ...sinceThen(survivor, ({ status, statusSetBy }) => ({ status, statusSetBy })),
      facets: facets.survivor,
      identifiers: names.survivor,
    }),
    absorbed: { ...absorbed, facets: facets.absorbed, identifiers: names.absorbed },
    untold: [...facets.untold, ...names.untold],
  };
};

type Thing = Ci | Asset;

const toldOf = (survivor: Versions<Thing>, absorbed: Thing) => ({
  survivor: survivor.before.facets,
  absorbed: absorbed.facets,
  united: survivor.after.facets,
  now: survivor.now.facets,
});

/** A part of the thing as it was before the merge, unless it has been changed since. */
const sinceThen = <T extends Thing, Part>({ before, after, now }: Versions<T>, part: (thing: T) => Part): Part =>
  part(sameContent(part(now), part(after)) ? before : now);

/** What the merge gave it is taken away, what it lost since stays lost, what came since stays. */
export const namesSince = ({ before, after, now }: Versions<Thing>): string[] => {
  const came = now.identifiers.filter((one) => !after.identifiers.includes(one));
  const kept = before.identifiers.filter((one) => !after.identifiers.includes(one) || now.identifiers.includes(one));
  return [...new Set([...kept, ...came])].sort();
};

/** Identifiers that came since are those of the one that was spoken of since. */
const splitNames = (
  survivor: Versions<Thing>,
  absorbed: Thing,
  split: { survivor: Thing['facets']; absorbed: Thing['facets'] },
  { choice }: Hearing,
): { survivor: string[]; absorbed: string[]; untold: string[] } => {
  const { before, after, now } = survivor;
  const came = now.identifiers.filter((one) => !after.identifiers.includes(one));
  const isLost = (one: string) => after.identifiers.includes(one) && !now.identifiers.includes(one);
  const mine = before.identifiers.filter((one) => !isLost(one));
  const theirs = absorbed.identifiers.filter((one) => !isLost(one));
  const spoken: SideName[] = [
    ...(sameContent(split.survivor, before.facets) ? [] : ['survivor' as const]),
    ...(sameContent(split.absorbed, absorbed.facets) ? [] : ['absorbed' as const]),
  ];
  const owner = came.length === 0 ? undefined : spoken.length === 1 ? spoken[0] : choice;
  const given = (side: SideName, own: string[]) => [...new Set([...own, ...(owner === side ? came : [])])].sort();
  return {
    survivor: given('survivor', mine),
    absorbed: given('absorbed', theirs),
    untold: came.length > 0 && owner === undefined ? came : [],
  };
};

const withoutLast = <T extends Thing>(thing: T): T => {
  const { merges = [], ...rest } = thing;
  const left = merges.slice(0, -1);
  return (left.length === 0 ? rest : { ...rest, merges: left }) as T;
};
