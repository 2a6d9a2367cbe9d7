import { claimKeyOf, type Identifier } from '../../domain/identity/identifier.ts';
import { assetEntity } from '../assets/entity.ts';
import { ciEntity } from '../cis/entity.ts';
import { claimEntity } from '../lookup/entity.ts';
import { sourceEntryEntity } from '../plan-import/entities.ts';
import type { Entity, Stored } from '../store/entity.ts';
import type { Key, Table } from '../store/table.ts';
import { emptyState, type State } from './state.ts';

export type Wanted = { nativeKeys: readonly string[]; identifiers: readonly Identifier[] };

/**
 * Reads all that a batch may touch in three rounds of batched gets: source entries and claims, the assets and CIs they name,
 * and the other end of their bindings.
 */
export const loadState = async (table: Table, tenant: string, source: string, wanted: Wanted): Promise<State> => {
  const state = emptyState();
  const [entries, claims] = await Promise.all([
    fetch(
      table,
      tenant,
      sourceEntryEntity,
      wanted.nativeKeys.map((nativeKey) => ({ source, nativeKey })),
    ),
    fetch(table, tenant, claimEntity, wanted.identifiers.filter(mayBeClaimed).map(claimKeyOf)),
  ]);
  for (const entry of entries) state.entries.set(entry.value.nativeKey, entry);
  for (const claim of claims) state.claims.set(claim.value.claimKey, claim);

  const holders = [...entries.map(({ value }) => value), ...claims.flatMap(({ value }) => value.holders)];
  await Promise.all([
    addAssets(
      table,
      tenant,
      state,
      holders.map(({ assetId }) => assetId),
    ),
    addCis(
      table,
      tenant,
      state,
      holders.map(({ ciId }) => ciId),
    ),
  ]);
  await Promise.all([
    addCis(
      table,
      tenant,
      state,
      [...state.assets.values()].map(({ value }) => value.binding?.ciId),
    ),
    addAssets(
      table,
      tenant,
      state,
      [...state.cis.values()].map(({ value }) => value.binding?.assetId),
    ),
  ]);
  return state;
};

/** Rejected values name nothing; addresses only enrich. */
export const mayBeClaimed = ({ strength, type }: Identifier): boolean => strength !== 'rejected' && type !== 'ip';

const addAssets = async (table: Table, tenant: string, state: State, ids: (string | undefined)[]): Promise<void> => {
  const missing = ids.filter((id) => id !== undefined && !state.assets.has(id)) as string[];
  for (const asset of await fetch(table, tenant, assetEntity, missing)) state.assets.set(asset.value.assetId, asset);
};

const addCis = async (table: Table, tenant: string, state: State, ids: (string | undefined)[]): Promise<void> => {
  const missing = ids.filter((id) => id !== undefined && !state.cis.has(id)) as string[];
  for (const ci of await fetch(table, tenant, ciEntity, missing)) state.cis.set(ci.value.ciId, ci);
};

const fetch = async <T, Id>(
  table: Table,
  tenant: string,
  entity: Entity<T, Id>,
  ids: readonly Id[],
): Promise<Stored<T>[]> => {
  if (ids.length === 0) return [];
  const keys: Key[] = ids.map((id) => entity.keyOf(tenant, id));
  return (await table.getMany(keys, { consistent: true })).map(entity.fromItem);
};
