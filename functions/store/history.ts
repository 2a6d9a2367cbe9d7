import type { Entity, Stored } from './entity.ts';
import type { Item, Key } from './table.ts';

/** History lies beside its entity and begins with this; the rest is the moment and the version, so that text order is time order. */
export const historyPrefix = (sk: string): string => `H#${sk}#`;

/** The immutable history item of one version: the full after-image and what made it. Its key makes writing it twice harmless. */
export const toHistory = (item: Item, at: string): Item => ({
  pk: item.pk,
  sk: `${historyPrefix(item.sk)}${at}#${String(item.v).padStart(8, '0')}`,
  e: 'history',
  of: item.e,
  v: item.v,
  d: item.d,
  c: item.c,
});

/** The version of the entity that a history item keeps. */
export const fromHistory = <T, Id>(entity: Entity<T, Id>, item: Item): Stored<T> =>
  entity.fromItem({ ...item, e: String(item.of) });

/** The part of a query that reads an entity's history, latest first, from the last version made at `asOf` or before. */
export const historyQuery = ({ pk, sk }: Key, asOf?: string) => ({
  pk,
  prefix: historyPrefix(sk),
  backwards: true,
  ...(asOf === undefined ? {} : { upTo: `${historyPrefix(sk)}${asOf}#~` }),
});
