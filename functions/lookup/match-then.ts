import type { Asset } from '../../domain/asset/asset.ts';
import type { Ci } from '../../domain/ci/ci.ts';
import { claimKeyOf, parseCompact } from '../../domain/identity/identifier.ts';
import { assetEntity } from '../assets/entity.ts';
import { ciEntity } from '../cis/entity.ts';
import { versionAt } from '../store/as-of.ts';
import type { Entity, Stored } from '../store/entity.ts';
import type { Item, Table } from '../store/table.ts';

export type Match = { ciId?: string; assetId?: string };

type View = { table: Table; tenant: string; asOf: string };

/**
 * Which of the present holders of an identifier had it at a moment (UTC, milliseconds), and what was bound to what then. An asset may have
 * taken the identifier over from the CI that it realises, so that this is asked too. Who gave the identifier up since is not known any more.
 */
export const matchesThen = async (view: View, claimKey: string, holders: readonly Item[]): Promise<Match[]> => {
  const assets = holders.filter(({ e }) => e === assetEntity.name).map((item) => assetEntity.fromItem(item));
  const partners = assets.flatMap(({ value }) => value.binding?.ciId ?? []);
  const keys = partners.map((ciId) => ciEntity.keyOf(view.tenant, ciId));
  const found = [...holders.filter(({ e }) => e === ciEntity.name), ...(await view.table.getMany(keys))];
  const cis = new Map(found.map((item) => ciEntity.fromItem(item)).map((stored) => [stored.value.ciId, stored]));
  const held = await Promise.all([
    ...assets.map((live) => assetThen(view, claimKey, live)),
    ...[...cis.values()].map((live) => ciThen(view, claimKey, live)),
  ]);
  const matches = held.flatMap((match) => match ?? []);
  const byAsset = new Map(matches.flatMap((match) => (match.assetId === undefined ? [] : [[match.assetId, match]])));
  const realised = new Set([...byAsset.values()].map(({ ciId }) => ciId));
  const bare = matches.filter(({ assetId, ciId }) => assetId === undefined && !realised.has(ciId));
  return [...byAsset.values(), ...bare];
};

const assetThen = async (view: View, claimKey: string, live: Stored<Asset>): Promise<Match | undefined> => {
  const value = await holderThen(view, assetEntity, claimKey, live);
  if (value === undefined) return undefined;
  return { assetId: value.assetId, ...(value.binding === undefined ? {} : { ciId: value.binding.ciId }) };
};

const ciThen = async (view: View, claimKey: string, live: Stored<Ci>): Promise<Match | undefined> => {
  const value = await holderThen(view, ciEntity, claimKey, live);
  if (value === undefined) return undefined;
  return { ciId: value.ciId, ...(value.binding === undefined ? {} : { assetId: value.binding.assetId }) };
};

/** The holder as it was then, or what it had been merged into by then. */
const holderThen = async <T extends { identifiers: readonly string[] }>(
  view: View,
  entity: Entity<T, string>,
  claimKey: string,
  live: Stored<T>,
): Promise<T | undefined> => {
  const { table, tenant, asOf } = view;
  const then = await versionAt(table, tenant, entity, live, asOf);
  if (then === undefined) return undefined;
  const to = entity.movedTo?.(then.value);
  const next = to === undefined ? undefined : await table.get(entity.keyOf(tenant, to));
  if (next !== undefined) return holderThen(view, entity, claimKey, entity.fromItem(next));
  const hadIt = then.value.identifiers.some((compact) => claimKeyOf(parseCompact(compact)) === claimKey);
  return hadIt ? then.value : undefined;
};
