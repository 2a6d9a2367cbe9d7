import type { Item, Key, Table } from '../store/table.ts';

/** Eight batches of 100 keys in flight. */
const wave = 800;

/** Reads any number of items without flooding the table: a walk of 5,000 CIs is seven waves, not fifty requests at once. */
export const readInWaves = async (table: Table, keys: readonly Key[]): Promise<Item[]> => {
  const items: Item[] = [];
  for (let n = 0; n < keys.length; n += wave) {
    for (const item of await table.getMany(keys.slice(n, n + wave))) items.push(item);
  }
  return items;
};
