import { comparedTypes } from '../../domain/drift/compare-edges.ts';
import { ciEntity } from '../cis/entity.ts';
import { relationshipEntity } from '../relationships/entity.ts';
import type { Item, Table } from '../store/table.ts';
import { looksForEdges } from './drift-edges.ts';
import { type Look, lookFrom } from './drift-look.ts';
import { leftScope, looksForScopes } from './drift-scopes.ts';
import { settleDrift } from './drift-settle.ts';

type News = { before: Item | undefined; after: Item };

const atOnce = 5;

/**
 * Keeps the drift findings, from changed CIs and relationships. A record only says which CI to look at; what is compared is what the table
 * says at that moment, so that records may come twice, late or in any order. CIs that are not both declared and discovered cost nothing.
 */
export const keepDrift = async (table: Table, changes: readonly News[]): Promise<void> => {
  const looks = new Map<string, Look>();
  const add = (look: Look): void => {
    const key = `${look.tenant} ${look.ciId}`;
    const known = looks.get(key);
    const edgeIds = [...new Set([...(known?.edgeIds ?? []), ...look.edgeIds])];
    looks.set(key, { ...(known === undefined || known.at < look.at ? look : known), edgeIds });
  };
  for (const { before, after } of changes) {
    if (after.e !== ciEntity.name) continue;
    if ([before, after].some(hasBothHalves) || hasLeft(before, after)) add({ ...lookFrom(after), edgeIds: [] });
  }
  const edges = changes.filter(({ after }) => after.e === relationshipEntity.name).filter(isCompared);
  for (const look of await looksForEdges(
    table,
    edges.map(({ after }) => after),
  ))
    add(look);
  const cis = changes.filter(({ after }) => after.e === ciEntity.name && namesResource(after));
  for (const look of await looksForScopes(
    table,
    cis.map(({ after }) => after),
  ))
    add(look);
  const all = [...looks.values()];
  for (let n = 0; n < all.length; n += atOnce) {
    await Promise.all(all.slice(n, n + atOnce).map((look) => settleDrift(table, look)));
  }
};

/** Read from the packed form (`h` is the half): most CIs of an import are none of this. */
const hasBothHalves = (item: Item | undefined): boolean => {
  const { facets = {} } = (item?.d ?? {}) as { facets?: Record<string, { h?: string }> };
  const halves = new Set(Object.values(facets).map(({ h }) => h));
  return halves.has('book') && halves.has('discovery');
};

/** Has it a section that names a resource of a cloud? Read from the packed form too. */
const namesResource = (item: Item): boolean => {
  const { facets = {} } = item.d as { facets?: Record<string, { s?: object }> };
  return Object.values(facets).some(({ s = {} }) => 'declared' in s || 'cloud' in s);
};

/** What one side alone named may be a finding of the scope that it was of. */
const hasLeft = (before: Item | undefined, after: Item): boolean =>
  before !== undefined && namesResource(before) && leftScope(before, after);

const isCompared = ({ after }: News): boolean => {
  const { type } = after.d as { type: string };
  return type === comparedTypes.declared || type === comparedTypes.discovered;
};
