import { tableIndexes } from '../../functions/store/contracts.ts';
import type { Item } from '../../functions/store/table.ts';
import { type MemoryTable, memoryTable } from './memory-table.ts';

/** A table in memory that is filled by `put` and asked afterwards: each partition lies by itself, so that queries of 10,000 CIs take no time. */
export const indexedTable = (): MemoryTable => {
  const whole = memoryTable();
  const partitions = new Map<string, MemoryTable>();
  const keep = (name: string, item: Item) => {
    const partition = partitions.get(name) ?? memoryTable();
    partitions.set(name, partition);
    partition.put(item);
  };
  return {
    ...whole,
    put: (item) => {
      whole.put(item);
      keep(`table ${item.pk}`, item);
      for (const [index, { partition }] of Object.entries(tableIndexes))
        if (item[partition] !== undefined) keep(`${index} ${item[partition]}`, item);
    },
    query: async (query) => {
      const found = partitions.get(`${query.index ?? 'table'} ${query.pk}`);
      return found === undefined ? { items: [] } : found.query(query);
    },
  };
};
