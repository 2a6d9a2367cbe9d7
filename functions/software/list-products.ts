import { addNumbers } from '../../domain/health/tally.ts';
import { productKey } from '../../domain/software/product.ts';
import { showProduct } from '../../domain/software/product-view.ts';
import { ofTenant } from '../store/entity.ts';
import { readAll } from '../store/read-all.ts';
import { readList } from '../store/read-list.ts';
import type { Table } from '../store/table.ts';
import type { SoftwareScope } from './context.ts';
import {
  productEntity,
  productPartition,
  productShards,
  slotOfProduct,
  slotPartition,
  softwareCounterEntity,
} from './entities.ts';
import type { ProductQuery } from './operations.ts';

/** One page of products by name; those that no live CI has any more are left out, so that pages can be short. */
export const listProducts = async (
  { name, limit, cursor: given }: ProductQuery,
  { table, principal, cursor }: Pick<SoftwareScope, 'table' | 'principal' | 'cursor'>,
) => {
  const { tenant } = principal;
  const { found, next } = await readList(table, {
    tenant,
    entity: productEntity,
    index: 'list',
    partitions: Array.from({ length: productShards }, (_, shard) => productPartition(shard)),
    prefix: name === undefined ? undefined : productKey(name),
    after: given === undefined ? undefined : String(cursor.open(given)),
    limit,
    idOf: (sortKey) => sortKey,
    keep: () => true,
  });
  const keys = found.map(({ value }) => value.key);
  const numbers = await numbersOf(table, tenant, keys);
  const items = keys.flatMap((key) => showProduct(numbers.get(key) ?? new Map()) ?? []);
  return next === undefined ? { items } : { items, nextCursor: cursor.seal(next) };
};

const inFlight = 25;

/** The numbers of products, summed over the shards of the stream that counted them. */
const numbersOf = async (table: Table, tenant: string, keys: readonly string[]) => {
  const slots = [...new Set(keys.map(slotOfProduct))];
  const sums = new Map<string, Record<string, number>>();
  for (let n = 0; n < slots.length; n += inFlight) {
    const group = slots.slice(n, n + inFlight);
    const pages = await Promise.all(group.map((slot) => readAll(table, { pk: ofTenant(tenant, slotPartition(slot)) })));
    for (const item of pages.flat()) {
      const { slot, numbers } = softwareCounterEntity.fromItem(item).value;
      sums.set(slot, addNumbers(sums.get(slot) ?? {}, Object.entries(numbers)));
    }
  }
  const wanted = new Map(keys.map((key) => [key, new Map<string, number>()]));
  for (const numbers of sums.values()) {
    for (const [name, value] of Object.entries(numbers)) {
      const at = name.lastIndexOf('|');
      wanted.get(name.slice(0, at))?.set(name.slice(at + 1), value);
    }
  }
  return wanted;
};
