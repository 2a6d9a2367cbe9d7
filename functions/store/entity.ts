import type * as z from 'zod';
import { Change } from '../../domain/shared/change.ts';
import { type IndexName, tableIndexes } from './contracts.ts';
import type { Item, Key } from './table.ts';

/** A stored entity as read: its value, its version, and the change that made this version (absent for untracked entities). */
export type Stored<T> = { value: T; version: number; change?: Change };

type IndexKeys = Partial<Record<IndexName, { pk: string; sk: string }>>;

type Definition<T, Id> = {
  /** Written as `e` on every item; history and events are only made of `tracked` entities. */
  name: string;
  schema: z.ZodType<T>;
  tracked: boolean;
  id: (value: T) => Id;
  /** Without the tenant: that is put in front of every key in one place, here. */
  key: (id: Id) => Key;
  indexes?: (value: T) => IndexKeys;
  /** The id of what it was merged into: reads lead there, commands are refused. */
  movedTo?: (value: T) => string | undefined;
  /** A shorter form for storing, and the way back; what comes back is parsed by the schema. */
  packing?: { pack: (value: T) => unknown; unpack: (stored: unknown, key: Key) => unknown };
  /** How it reads in the README's entity chart. */
  chart: string;
};

export type Entity<T, Id> = Definition<T, Id> & {
  keyOf: (tenant: string, id: Id) => Key;
  toItem: (tenant: string, value: T, version: number, change?: Change) => Item;
  fromItem: (item: Item) => Stored<T>;
};

/** A partition key of this tenant. Every key and every index key is made by this function. */
export const ofTenant = (tenant: string, pk: string): string => `${tenant}#${pk}`;

/** Declares an entity once: keys, sparse index keys, and parsing on read (a stored row is input too). */
export const defineEntity = <T, Id>(definition: Definition<T, Id>): Entity<T, Id> => {
  const keyOf = (tenant: string, id: Id): Key => {
    const { pk, sk } = definition.key(id);
    return { pk: ofTenant(tenant, pk), sk };
  };
  return {
    ...definition,
    keyOf,
    toItem: (tenant, value, version, change) => ({
      ...keyOf(tenant, definition.id(value)),
      ...indexAttributes(tenant, definition.indexes?.(value) ?? {}),
      e: definition.name,
      v: version,
      d: definition.packing?.pack(value) ?? value,
      ...(change === undefined ? {} : { c: change }),
    }),
    fromItem: (item) => {
      const corrupt = (reason: string) => new Error(`corrupt ${definition.name} at ${item.pk} ${item.sk}: ${reason}`);
      if (item.e !== definition.name) throw corrupt(`found ${item.e}`);
      const parsed = definition.schema.safeParse(unpacked(definition, item, corrupt));
      if (!parsed.success) throw corrupt(parsed.error.message);
      return {
        value: parsed.data,
        version: item.v,
        ...(item.c === undefined ? {} : { change: Change.parse(item.c) }),
      };
    },
  };
};

const unpacked = <T, Id>({ packing }: Definition<T, Id>, item: Item, corrupt: (reason: string) => Error): unknown => {
  if (packing === undefined) return item.d;
  try {
    return packing.unpack(item.d, item);
  } catch (error) {
    throw corrupt(error instanceof Error ? error.message : String(error));
  }
};

const indexAttributes = (tenant: string, keys: IndexKeys): Record<string, string> =>
  Object.fromEntries(
    Object.entries(keys).flatMap(([index, { pk, sk }]) => {
      const attributes = tableIndexes[index as IndexName];
      return [
        [attributes.partition, ofTenant(tenant, pk)],
        [attributes.sort, sk],
      ];
    }),
  );
