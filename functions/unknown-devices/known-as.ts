import { claimKeyOf, type Identifier } from '../../domain/identity/identifier.ts';
import { assetEntity } from '../assets/entity.ts';
import { ciEntity } from '../cis/entity.ts';
import { claimEntity } from '../lookup/entity.ts';
import { sourceListPartition } from '../sources/entity.ts';
import { ofTenant } from '../store/entity.ts';
import type { Item, Table } from '../store/table.ts';

/** What something is known as: something that is owned, or an unmanaged CI that merely stands for it. */
export type KnownAs = { owned?: { assetId?: string; ciId?: string }; ciId?: string };

const mostSources = 100;

/**
 * What each list of identifiers is known as, by any of them but addresses. A name is looked for in every source, since a computer that
 * names itself to its agent is seen by others under that name. Four batched reads at most, and one query of the list of sources.
 */
export const knownAs = async (
  table: Table,
  tenant: string,
  lists: readonly (readonly Identifier[])[],
): Promise<KnownAs[]> => {
  const names = lists.flat().some(({ type }) => type === 'hostname');
  const sources = names ? await sourcesOf(table, tenant) : [];
  const keysOf = lists.map((list) => [...new Set(list.flatMap((one) => claimKeysOf(one, sources)))]);
  const claimItems = await getAll(
    table,
    keysOf.flat().map((key) => claimEntity.keyOf(tenant, key)),
  );
  const claims = new Map(
    claimItems.map((item) => claimEntity.fromItem(item).value).map((one) => [one.claimKey, one.holders]),
  );
  const holders = keysOf.map((keys) => keys.flatMap((key) => claims.get(key) ?? []));
  const all = holders.flat();
  const [assets, cis] = await Promise.all([
    getAll(
      table,
      all.flatMap(({ assetId }) => (assetId === undefined ? [] : [assetEntity.keyOf(tenant, assetId)])),
    ),
    getAll(
      table,
      all.flatMap(({ ciId }) => (ciId === undefined ? [] : [ciEntity.keyOf(tenant, ciId)])),
    ),
  ]);
  const found = new Map<string, KnownAs>([...assets.map(asAsset), ...cis.map(asCi)]);
  return holders.map((some) => {
    const known = some.flatMap(({ assetId, ciId }) => found.get(assetId ?? ciId ?? '') ?? []);
    return known.find(({ owned }) => owned !== undefined) ?? known[0] ?? {};
  });
};

const claimKeysOf = (one: Identifier, sources: readonly string[]): string[] => {
  if (one.type === 'ip' || one.strength === 'rejected') return [];
  const own = claimKeyOf(one);
  return one.type === 'hostname' ? [own, ...sources.map((scope) => claimKeyOf({ ...one, scope }))] : [own];
};

const sourcesOf = async (table: Table, tenant: string): Promise<string[]> => {
  const { items } = await table.query({ index: 'list', pk: ofTenant(tenant, sourceListPartition), limit: mostSources });
  return items.map((item) => String(item.g2sk));
};

const getAll = async (table: Table, keys: { pk: string; sk: string }[]): Promise<Item[]> => {
  const distinct = [...new Map(keys.map((key) => [key.pk, key])).values()];
  return distinct.length === 0 ? [] : table.getMany(distinct, { consistent: true });
};

const asAsset = (item: Item): [string, KnownAs] => {
  const { assetId, binding } = assetEntity.fromItem(item).value;
  return [assetId, { owned: { assetId, ...(binding === undefined ? {} : { ciId: binding.ciId }) } }];
};

const asCi = (item: Item): [string, KnownAs] => {
  const { ciId, class: ciClass, binding } = ciEntity.fromItem(item).value;
  if (binding !== undefined) return [ciId, { owned: { ciId, assetId: binding.assetId } }];
  return [ciId, ciClass === 'unmanaged' ? { ciId } : { owned: { ciId } }];
};
