import { claimKeyOf, type Identifier } from '../../domain/identity/identifier.ts';
import { knownByName } from '../../domain/unknown-device/known-by.ts';
import { assetEntity } from '../assets/entity.ts';
import { ciEntity } from '../cis/entity.ts';
import { claimEntity } from '../lookup/entity.ts';
import { sourceListPartition } from '../sources/entity.ts';
import { ofTenant } from '../store/entity.ts';
import type { Item, Table } from '../store/table.ts';
import { addressesOf } from './addresses-of.ts';

/**
 * What something is known as: something that is owned, or an unmanaged CI that merely stands for it. `likely`: something that is owned has
 * its name, and nothing else is told of it.
 */
export type KnownAs = { owned?: { assetId?: string; ciId?: string }; ciId?: string; likely?: true };

const mostSources = 100;

/**
 * What each list of identifiers is known as, by any of them but addresses; by its names only as far as the rest bears them out. A name is
 * looked for in every source, since a computer that names itself to its agent is seen by others under that name. Four batched reads at
 * most, and one query of the list of sources.
 */
export const knownAs = async (
  table: Table,
  tenant: string,
  lists: readonly (readonly Identifier[])[],
): Promise<KnownAs[]> => {
  const names = lists.flat().some(({ type }) => type === 'hostname');
  const sources = names ? await sourcesOf(table, tenant) : [];
  const asked = lists.map((list) => list.map((one) => ({ one, keys: claimKeysOf(one, sources) })));
  const claimItems = await getAll(
    table,
    asked.flat().flatMap(({ keys }) => keys.map((key) => claimEntity.keyOf(tenant, key))),
  );
  const claims = new Map(
    claimItems.map((item) => claimEntity.fromItem(item).value).map((one) => [one.claimKey, one.holders]),
  );
  const holders = asked.map((list) =>
    list.flatMap(({ one, keys }) => keys.flatMap((key) => (claims.get(key) ?? []).map((held) => ({ one, ...held })))),
  );
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
  const found = new Map<string, Found>([...assets.map(asAsset), ...cis.map(asCi)]);
  return holders.map((some, n) => {
    const known = some.flatMap(({ one, assetId, ciId }): KnownAs[] => {
      const holder = found.get(assetId ?? ciId ?? '');
      return holder === undefined ? [] : [asFarAs(one, lists[n] ?? [], holder)];
    });
    return known.find(({ owned }) => owned !== undefined) ?? known.find(({ likely }) => likely) ?? known[0] ?? {};
  });
};

type Found = { known: KnownAs; addresses: ReadonlySet<string> };

const asFarAs = ({ type }: Identifier, list: readonly Identifier[], { known, addresses }: Found): KnownAs => {
  if ((type !== 'hostname' && type !== 'fqdn') || known.owned === undefined) return known;
  const sureness = knownByName(list, type, addresses);
  return sureness === 'sure' ? known : sureness === 'likely' ? { likely: true } : {};
};

const claimKeysOf = (one: Identifier, sources: readonly string[]): string[] => {
  if (one.type === 'ip' || one.strength === 'rejected') return [];
  const own = claimKeyOf(one);
  return one.type === 'hostname'
    ? [...new Set([own, ...sources.map((scope) => claimKeyOf({ ...one, scope }))])]
    : [own];
};

const sourcesOf = async (table: Table, tenant: string): Promise<string[]> => {
  const { items } = await table.query({ index: 'list', pk: ofTenant(tenant, sourceListPartition), limit: mostSources });
  return items.map((item) => String(item.g2sk));
};

const getAll = async (table: Table, keys: { pk: string; sk: string }[]): Promise<Item[]> => {
  const distinct = [...new Map(keys.map((key) => [key.pk, key])).values()];
  return distinct.length === 0 ? [] : table.getMany(distinct, { consistent: true });
};

const asAsset = (item: Item): [string, Found] => {
  const { assetId, binding } = assetEntity.fromItem(item).value;
  const owned = { assetId, ...(binding === undefined ? {} : { ciId: binding.ciId }) };
  return [assetId, { known: { owned }, addresses: new Set() }];
};

const asCi = (item: Item): [string, Found] => {
  const ci = ciEntity.fromItem(item).value;
  const { ciId, class: ciClass, binding } = ci;
  const addresses = addressesOf(ci);
  if (binding !== undefined) return [ciId, { known: { owned: { ciId, assetId: binding.assetId } }, addresses }];
  return [ciId, { known: ciClass === 'unmanaged' ? { ciId } : { owned: { ciId } }, addresses }];
};
