import type { Ci } from '../../domain/ci/ci.ts';
import { claimKeyOf, type Identifier, identifierTypes, parseCompact } from '../../domain/identity/identifier.ts';
import { assetEntity } from '../assets/entity.ts';
import { ciEntity } from '../cis/entity.ts';
import { claimEntity } from '../lookup/entity.ts';
import { sourceEntryEntity } from '../plan-import/source-entry.ts';
import type { Entity, Stored } from '../store/entity.ts';
import type { Key, Table } from '../store/table.ts';
import { emptyState, type State } from './state.ts';

type Ids = { assetId?: string | undefined; ciId?: string | undefined };

/** `ids`: what was tried before and met something else in its place. */
export type Wanted = { nativeKeys: readonly string[]; identifiers: readonly Identifier[]; ids?: readonly Ids[] };

/**
 * Reads all that a batch may touch in three rounds of batched gets: source entries and claims, the assets and CIs they name,
 * and the other end of their bindings. A fourth, only where needed: what CIs without asset claim, which an asset would take over.
 */
export const loadState = async (table: Table, tenant: string, source: string, wanted: Wanted): Promise<State> => {
  const state = emptyState();
  const fetch = fetchFrom(table, tenant);
  const addAssets = async (ids: readonly (string | undefined)[]): Promise<void> => {
    for (const asset of await fetch(assetEntity, unknownTo(state.assets, ids)))
      state.assets.set(asset.value.assetId, asset);
  };
  const addCis = async (ids: readonly (string | undefined)[]): Promise<void> => {
    for (const ci of await fetch(ciEntity, unknownTo(state.cis, ids))) state.cis.set(ci.value.ciId, ci);
  };
  const addClaims = async (keys: readonly string[]): Promise<void> => {
    for (const claim of await fetch(claimEntity, unknownTo(state.claims, keys)))
      state.claims.set(claim.value.claimKey, claim);
  };
  const addEntries = async (): Promise<void> => {
    const ids = wanted.nativeKeys.map((nativeKey) => ({ source, nativeKey }));
    for (const entry of await fetch(sourceEntryEntity, ids)) state.entries.set(entry.value.nativeKey, entry);
  };

  await Promise.all([addEntries(), addClaims(wanted.identifiers.filter(mayBeClaimed).map(claimKeyOf))]);
  const entries = [...state.entries.values()].map(({ value }) => value);
  const holders = [...state.claims.values()].flatMap(({ value }) => value.holders);
  const named: Ids[] = [...entries, ...holders, ...(wanted.ids ?? [])];
  await Promise.all([addAssets(named.map(({ assetId }) => assetId)), addCis(named.map(({ ciId }) => ciId))]);
  await Promise.all([
    addCis([...state.assets.values()].map(({ value }) => value.binding?.ciId)),
    addAssets([...state.cis.values()].map(({ value }) => value.binding?.assetId)),
  ]);
  await followMerges(state, addAssets, addCis);
  await addClaims([...state.cis.values()].flatMap(hardwareClaims));
  return state;
};

type Add = (ids: readonly (string | undefined)[]) => Promise<void>;
const mostMerges = 20;

/** What known things were merged into is known too, with the other end of its binding; costs nothing where nothing was merged. */
const followMerges = async (state: State, addAssets: Add, addCis: Add): Promise<void> => {
  for (let n = 0; n < mostMerges; n += 1) {
    const targets = (things: State['assets'] | State['cis']) =>
      unknownTo(
        things,
        [...things.values()].map(({ value }) => value.mergedInto),
      );
    const [assets, cis] = [targets(state.assets), targets(state.cis)];
    if (assets.length + cis.length === 0) return;
    await Promise.all([addAssets(assets), addCis(cis)]);
    await Promise.all([
      addCis(assets.map((id) => state.assets.get(id)?.value.binding?.ciId)),
      addAssets(cis.map((id) => state.cis.get(id)?.value.binding?.assetId)),
    ]);
  }
};

/** Rejected values name nothing; addresses only enrich. */
export const mayBeClaimed = ({ strength, type }: Identifier): boolean => strength !== 'rejected' && type !== 'ip';

const hardwareClaims = ({ value: { binding, identifiers } }: Stored<Ci>): string[] =>
  binding === undefined
    ? identifiers
        .map(parseCompact)
        .filter(({ type }) => identifierTypes[type].owner === 'hardware')
        .map(claimKeyOf)
    : [];

const unknownTo = (known: ReadonlyMap<string, unknown>, ids: readonly (string | undefined)[]): string[] => [
  ...new Set(ids.filter((id): id is string => id !== undefined && !known.has(id))),
];

const fetchFrom =
  (table: Table, tenant: string) =>
  async <T, Id>(entity: Entity<T, Id>, ids: readonly Id[]): Promise<Stored<T>[]> => {
    if (ids.length === 0) return [];
    const keys: Key[] = ids.map((id) => entity.keyOf(tenant, id));
    return (await table.getMany(keys, { consistent: true })).map(entity.fromItem);
  };
