import type { Entity, Stored } from './entity.ts';
import { fromHistory, historyQuery } from './history.ts';
import type { Item, Table } from './table.ts';

/**
 * The version of an entity that stood at `asOf` (UTC, milliseconds), or undefined when there was none yet. The live version answers for
 * itself from its own change on, so that the present never waits for the relay; for earlier moments one item of history is read.
 */
export const versionAt = async <T, Id>(
  table: Table,
  tenant: string,
  entity: Entity<T, Id>,
  live: Stored<T>,
  asOf: string,
): Promise<Stored<T> | undefined> => {
  if (live.change === undefined || live.change.at <= asOf) return live;
  const key = entity.keyOf(tenant, entity.id(live.value));
  const { items } = await table.query({ ...historyQuery(key, asOf), limit: 1 });
  return items[0] === undefined ? undefined : fromHistory(entity, items[0]);
};

const inFlight = 25;

/** As `versionAt`, for many; the order is kept, and what did not exist yet is undefined. */
export const versionsAt = async <T, Id>(
  table: Table,
  tenant: string,
  entity: Entity<T, Id>,
  live: readonly (Stored<T> | undefined)[],
  asOf: string | undefined,
): Promise<(Stored<T> | undefined)[]> => {
  if (asOf === undefined) return [...live];
  const found: (Stored<T> | undefined)[] = [];
  for (let n = 0; n < live.length; n += inFlight) {
    const group = live.slice(n, n + inFlight);
    found.push(
      ...(await Promise.all(
        group.map((one) => (one === undefined ? undefined : versionAt(table, tenant, entity, one, asOf))),
      )),
    );
  }
  return found;
};

/**
 * Since when an entity exists: the moment of its first version. Undefined when the relay has not written that version yet; the next
 * reader will find it.
 */
export const beginningOf = async <T, Id>(
  table: Table,
  tenant: string,
  entity: Entity<T, Id>,
  live: Stored<T>,
): Promise<string | undefined> => {
  if (live.version === 1) return live.change?.at;
  const key = entity.keyOf(tenant, entity.id(live.value));
  const { items } = await table.query({ ...historyQuery(key), backwards: false, limit: 1 });
  const [first] = items;
  return first?.v === 1 ? fromHistory(entity, first).change?.at : undefined;
};

/** A version of an entity by its number, made at `asOf` or before; undefined when the relay has not written it yet. */
export const versionNumbered = async <T, Id>(
  table: Table,
  tenant: string,
  entity: Entity<T, Id>,
  id: Id,
  { version, asOf }: { version: number; asOf: string },
): Promise<Stored<T> | undefined> => {
  const key = entity.keyOf(tenant, id);
  const { items } = await table.query({ ...historyQuery(key, asOf), limit: 10 });
  const found = items.find((item: Item) => item.v === version);
  return found === undefined ? undefined : fromHistory(entity, found);
};
