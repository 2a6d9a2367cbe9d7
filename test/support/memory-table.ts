import { tableIndexes } from '../../functions/store/contracts.ts';
import {
  type Item,
  type Key,
  type Meter,
  type Query,
  type Table,
  type Write,
  WriteConflict,
} from '../../functions/store/table.ts';

/** Told of every write that is done, as a stream would be. */
export type Watch = (before: Item | undefined, after: Item | undefined) => void;

/** A table in memory, for tests: the same answers as DynamoDB's, held to it by one suite; whatever DynamoDB refuses, it throws at. */
export type MemoryTable = Table & { items: () => Item[]; put: (item: Item) => void };

export const memoryTable = (watch?: Watch): MemoryTable => {
  const stored = new Map<string, Item>();
  const meter: Meter = { roundTrips: 0, readUnits: 0, writeUnits: 0 };
  /** One turn of the event loop, so that parallel callers interleave as over a network. */
  const roundTrip = async (count = 1) => {
    meter.roundTrips += count;
    await new Promise((resolve) => setImmediate(resolve));
  };
  const read = (key: Key) => copy(stored.get(idOf(key)));
  const holds = ({ expect, ...write }: Write): boolean => {
    const current = stored.get(idOf('put' in write ? write.put : write.remove));
    if (expect === 'any') return true;
    return expect === 'absent' ? current === undefined : current?.v === expect;
  };
  const apply = (write: Write) => {
    const id = idOf('put' in write ? write.put : write.remove);
    const before = stored.get(id);
    const after = 'put' in write ? checked(write.put) : undefined;
    if (after === undefined) stored.delete(id);
    else stored.set(id, after);
    watch?.(copy(before), copy(after));
  };

  return {
    meter,
    items: () => [...stored.values()].map((item) => structuredClone(item)),
    put: (item) => void stored.set(idOf(item), checked(item)),
    get: async (key) => {
      await roundTrip();
      return read(key);
    },
    getMany: async (keys) => {
      const distinct = [...new Map(keys.map((key) => [idOf(key), key])).values()];
      await roundTrip(Math.ceil(distinct.length / 100));
      return distinct.flatMap((key) => read(key) ?? []);
    },
    query: async (query) => {
      await roundTrip();
      return answer([...stored.values()], query);
    },
    transact: async (writes) => {
      if (writes.length === 0) return;
      await roundTrip();
      const keys = writes.map((write) => idOf('put' in write ? write.put : write.remove));
      if (writes.length > 100) throw new Error(`a transaction takes 100 writes, not ${writes.length}`);
      if (new Set(keys).size < keys.length) throw new Error('a transaction writes an item once only');
      const failed = writes.flatMap((write, index) =>
        holds(write) ? [] : [{ index, current: copy(stored.get(keys[index] ?? '')) }],
      );
      if (failed.length > 0) throw new WriteConflict(failed);
      writes.forEach(apply);
    },
    writeEach: async (writes) => {
      await roundTrip(writes.length);
      return writes.map((write) => {
        if (!holds(write)) return { done: false, current: read('put' in write ? write.put : write.remove) };
        apply(write);
        return { done: true };
      });
    },
  };
};

const answer = (
  all: Item[],
  { index, pk, prefix, upTo, after, limit, backwards, consistent, only, ...unknown }: Query,
) => {
  if (Object.keys(unknown).length > 0) throw new Error(`not supported: ${Object.keys(unknown)}`);
  if (consistent === true && index !== undefined) throw new Error('an index has no consistent reads');
  if (limit < 1) throw new Error('a query reads at least one item');
  const names = index === undefined ? { partition: 'pk', sort: 'sk' } : tableIndexes[index];
  const sortOf = (item: Record<string, unknown>) => String(item[names.sort]);
  const place = (item: Key & Record<string, unknown>) => [sortOf(item), item.pk, item.sk].join('\u0000');
  if (after !== undefined && after[names.partition as 'pk'] !== pk) throw new Error('`after` is of another partition');
  const within = (sort: string) =>
    upTo === undefined ? sort.startsWith(prefix ?? '') : sort >= (prefix ?? ' ') && sort <= upTo;
  if (after !== undefined && !within(sortOf(after))) throw new Error('`after` is outside of the range');
  const inOrder = all
    .filter((item) => item[names.partition] === pk && item[names.sort] !== undefined && within(sortOf(item)))
    .sort((a, b) => (place(a) < place(b) ? -1 : 1));
  if (backwards === true) inOrder.reverse();
  const isBeyond = (item: Item) =>
    after === undefined || (backwards === true ? place(item) < place(after) : place(item) > place(after));
  const rest = inOrder.filter(isBeyond);
  const read = rest.slice(0, limit);
  const items = read.map((item) => (index === undefined ? picked(item, only) : keysOf(item, names)));
  const final = read.length === limit ? read.at(-1) : undefined;
  return final === undefined
    ? { items }
    : { items, last: keysOf(final, names) as unknown as Key & Record<string, string> };
};

const picked = (item: Item, only: readonly string[] | undefined): Item => {
  const wanted = Object.entries(item).filter(([name]) => only?.includes(name) ?? true);
  return structuredClone(Object.fromEntries(wanted)) as Item;
};

/** What a keys-only index holds of an item, and what a position is made of. */
const keysOf = (item: Item, { partition, sort }: { partition: string; sort: string }): Item =>
  ({ pk: item.pk, sk: item.sk, [partition]: item[partition], [sort]: item[sort] }) as Item;

const idOf = ({ pk, sk }: Key): string => `${pk}\n${sk}`;

const copy = (item: Item | undefined): Item | undefined => (item === undefined ? undefined : structuredClone(item));

/** As it is stored: without `undefined`, with keys that DynamoDB takes. */
const checked = (item: Item): Item => {
  const plain = JSON.parse(JSON.stringify(item)) as Item;
  for (const name of ['pk', 'sk', ...Object.values(tableIndexes).flatMap(({ partition, sort }) => [partition, sort])]) {
    const value = plain[name];
    if (value === undefined && name.startsWith('g')) continue;
    if (typeof value !== 'string' || value === '')
      throw new Error(`${name} must be text, not ${JSON.stringify(value)}`);
  }
  return plain;
};
