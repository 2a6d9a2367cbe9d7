import { versionsAt } from './as-of.ts';
import { type IndexName, tableIndexes } from './contracts.ts';
import { type Entity, ofTenant, type Stored } from './entity.ts';
import type { Item, Table } from './table.ts';

type ListRequest<T, Id> = {
  tenant: string;
  entity: Entity<T, Id>;
  index: IndexName;
  /** The partitions that the list is spread over. */
  partitions: readonly string[];
  /** Only sort keys that begin so. */
  prefix?: string | undefined;
  /** The sort key of the last entry of the page before. */
  after?: string | undefined;
  limit: number;
  /** The id that a sort key of this list ends with. */
  idOf: (sortKey: string) => Id;
  keep: (stored: Stored<T>) => boolean;
  /** Entities as they stood then; those that were not there yet are left out. */
  asOf?: string | undefined;
};

const mostRounds = 10;

/**
 * One page of a sharded list, in the order of its sort keys, whichever shard they are on: all shards are asked at once for a whole
 * page each (at keys only that is one read unit or less), merged, and the entities read. Goes on while filters leave room, up to
 * 10 rounds; then the page is shorter and `next` tells where to go on.
 */
export const readList = async <T, Id>(table: Table, request: ListRequest<T, Id>) => {
  const { limit, keep } = request;
  const found: Stored<T>[] = [];
  let after = request.after;
  for (let round = 0; round < mostRounds; round += 1) {
    const { keys, more } = await nextKeys(table, request, after);
    const stored = await hydrate(table, request, keys);
    for (const [n, sortKey] of keys.entries()) {
      after = sortKey;
      const one = stored[n];
      if (one === undefined || !keep(one)) continue;
      found.push(one);
      if (found.length === limit) return n + 1 < keys.length || more ? { found, next: sortKey } : { found };
    }
    if (!more) return { found };
  }
  return { found, next: after };
};

/** The next sort keys over all shards, in order. `more`: something follows the last of them. */
const nextKeys = async <T, Id>(table: Table, request: ListRequest<T, Id>, after: string | undefined) => {
  const { partition, sort } = tableIndexes[request.index];
  const pages = await Promise.all(
    request.partitions.map((name) => {
      const pk = ofTenant(request.tenant, name);
      const start =
        after === undefined
          ? {}
          : {
              after: {
                ...request.entity.keyOf(request.tenant, request.idOf(after)),
                [partition]: pk,
                [sort]: after,
              },
            };
      const { index, prefix, limit } = request;
      return table.query({ index, pk, limit, ...(prefix === undefined ? {} : { prefix }), ...start });
    }),
  );
  const all = pages.flatMap(({ items }) => items.map((item) => String(item[sort]))).sort();
  return {
    keys: all.slice(0, request.limit),
    more: all.length > request.limit || pages.some(({ last }) => last !== undefined),
  };
};

const hydrate = async <T, Id>(
  table: Table,
  { tenant, entity, idOf, asOf }: ListRequest<T, Id>,
  keys: readonly string[],
) => {
  const wanted = keys.map((key) => entity.keyOf(tenant, idOf(key)));
  const items = new Map<string, Item>();
  for (const item of await table.getMany(wanted)) items.set(`${item.pk} ${item.sk}`, item);
  const live = wanted.map(({ pk, sk }) => {
    const item = items.get(`${pk} ${sk}`);
    return item === undefined ? undefined : entity.fromItem(item);
  });
  return versionsAt(table, tenant, entity, live, asOf);
};
