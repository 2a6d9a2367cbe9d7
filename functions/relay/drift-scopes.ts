import { classPrefix } from '../../domain/ci/class-name.ts';
import { type DriftScope, isShared, nextScope, scopeOf } from '../../domain/drift/presence.ts';
import { declares, isDiscovered } from '../../domain/drift/said.ts';
import { ciEntity, ciListPartition } from '../cis/entity.ts';
import { scopeEntity } from '../drift/scope-entity.ts';
import { listShards } from '../store/contracts.ts';
import { readList } from '../store/read-list.ts';
import type { Item, Table } from '../store/table.ts';
import { type Look, lookFrom } from './drift-look.ts';
import { settleDrift } from './drift-settle.ts';

const attempts = 5;
const sweptAtOnce = 100;
const mark = (at: string, correlationId: string) => ({ type: 'DriftScopeKept', by: 'drift', at, correlationId });

/**
 * Notes which sides name things of which scopes, and gives the changed CIs that one side alone names where both do. The scopes of one
 * batch are few: each is read once, and written twice in its life.
 */
export const looksForScopes = async (table: Table, items: readonly Item[]): Promise<Look[]> => {
  const scopes = new Map<string, DriftScope>();
  const looks: (Look & { scope: string })[] = [];
  for (const item of items) {
    const ci = ciEntity.fromItem(item).value;
    const found = scopeOf(ci.facets);
    if (found === undefined) continue;
    const look = { ...lookFrom(item), edgeIds: [] };
    const scope = `${look.tenant} ${found.scope}`;
    const below = classPrefix(ci);
    const known = scopes.get(scope);
    if (known === undefined || nextScope(known, found, below) !== undefined) {
      scopes.set(scope, await keepScope(table, look, found, below));
    }
    if (declares(ci.facets) !== isDiscovered(ci.facets)) looks.push({ ...look, scope });
  }
  return looks.filter(({ scope }) => isShared(scopes.get(scope) ?? nothing)).map(({ scope: _scope, ...look }) => look);
};

/** Did a CI leave the scope that it was of: its facets are gone (an import was undone, it was merged), or name another place? */
export const leftScope = (before: Item, after: Item): boolean => {
  const [was, is] = [before, after].map((item) => scopeOf(ciEntity.fromItem(item).value.facets)?.scope);
  return was !== undefined && was !== is;
};

const nothing = { declared: false, discovered: false };

type Named = Pick<DriftScope, 'scope' | 'declared' | 'discovered'>;

const keepScope = async (table: Table, look: Look, found: Named, below: string): Promise<DriftScope> => {
  const { tenant, at, correlationId } = look;
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const item = await table.get(scopeEntity.keyOf(tenant, found.scope), { consistent: true });
    const known = item === undefined ? undefined : scopeEntity.fromItem(item).value;
    const next = nextScope(known, found, below);
    if (next === undefined) return known ?? { ...found, below };
    const put = scopeEntity.toItem(tenant, next, (item?.v ?? 0) + 1, mark(at, correlationId));
    const [result] = await table.writeEach([{ put, expect: item?.v ?? 'absent' }]);
    if (result?.done === true) return next;
  }
  throw new Error(`the drift scope ${found.scope} does not settle`);
};

/** Is this a step of a sweep, and nobody's news otherwise? */
export const isScope = (item: Item): boolean => item.e === scopeEntity.name;

/**
 * One step of a sweep: up to 1,000 CIs of the scope's class are looked at, up to 100 of them settled. Then the scope is written with the place
 * to go on, and the stream brings that. A record that is not the latest does nothing: what it asks for is done.
 */
export const sweepScope = async (table: Table, item: Item): Promise<void> => {
  const { value: told, version } = scopeEntity.fromItem(item);
  if (told.sweep === undefined) return;
  const look = { ...lookFrom(item), edgeIds: [] };
  const live = await table.get({ pk: item.pk, sk: item.sk }, { consistent: true });
  if (live?.v !== version) return;
  const { found, next } = await readList(table, {
    tenant: look.tenant,
    entity: ciEntity,
    index: 'list',
    partitions: Array.from({ length: listShards }, (_, shard) => ciListPartition(shard)),
    prefix: told.below,
    after: told.sweep.after,
    limit: sweptAtOnce,
    idOf: (sortKey) => sortKey.slice(sortKey.indexOf('#') + 1),
    keep: ({ value: { facets } }) => declares(facets) !== isDiscovered(facets) && scopeOf(facets)?.scope === told.scope,
  });
  for (const { value } of found) await settleDrift(table, { ...look, ciId: value.ciId });
  const { sweep: _sweep, ...done } = told;
  const after = next === undefined ? done : { ...done, sweep: { after: next } };
  await table.writeEach([
    { put: scopeEntity.toItem(look.tenant, after, version + 1, mark(look.at, look.correlationId)), expect: version },
  ]);
};
