import type { Ci } from '../ci/ci.ts';
import { detailListsOf, type NamedList } from './detail-lists.ts';
import { productOf } from './product.ts';

/** The section that formats put software under. */
export const softwareSection = 'software';

/** Lists of a CI are counted as long as they have together no more entries than this: the largest real one has some 3,200. */
export const mostEntries = 20_000;

/**
 * The software lists of a CI that count: none of one that is retired or was merged into another, and none that would go over the bound.
 * `left`: how many stay out for that.
 */
export const countedLists = (ci: Ci | undefined): { lists: NamedList[]; left: number } => {
  if (ci === undefined || ci.status === 'retired' || ci.mergedInto !== undefined) return { lists: [], left: 0 };
  const all = detailListsOf(ci.facets).filter(({ section }) => section === softwareSection);
  const lists: NamedList[] = [];
  let room = mostEntries;
  for (const list of all) {
    if (list.count > room || lists.some(({ hash }) => hash === list.hash)) continue;
    lists.push(list);
    room -= list.count;
  }
  const hashes = new Set(all.map(({ hash }) => hash));
  return { lists, left: hashes.size - lists.length };
};

/**
 * What one CI counts for, once however many sources and rows say so, by product key: `*` for the installation, `n<name>` and `p<publisher>` for
 * how it is shown, `v<version>` for a version.
 */
export type Installs = Map<string, Set<string>>;

export const installation = '*';

export const installsOf = (rows: Iterable<unknown>): Installs => {
  const installs: Installs = new Map();
  for (const row of rows) {
    const product = productOf(row);
    if (product === undefined) continue;
    const said = installs.get(product.key) ?? new Set([installation]);
    installs.set(product.key, said);
    said.add(`n${product.name}`);
    if (product.publisher !== undefined) said.add(`p${product.publisher}`);
    if (product.version !== undefined) said.add(`v${product.version}`);
  }
  return installs;
};

/** Calls `add` with every number that is one more or one less for the CI being as it is `after`. */
export const addDifference = (
  before: Installs,
  after: Installs,
  add: (key: string, said: string, by: 1 | -1) => void,
): void => {
  for (const [key, said] of after) for (const one of said) if (!before.get(key)?.has(one)) add(key, one, 1);
  for (const [key, said] of before) for (const one of said) if (!after.get(key)?.has(one)) add(key, one, -1);
};
