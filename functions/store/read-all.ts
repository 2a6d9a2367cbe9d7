import type { Item, Query, Table } from './table.ts';

/** Every item that a query finds, in pages of 500. Only for what is known to be few. */
export const readAll = async (table: Table, query: Omit<Query, 'limit' | 'after'>): Promise<Item[]> => {
  const items: Item[] = [];
  let after: Query['after'];
  do {
    const page = await table.query({ ...query, limit: 500, ...(after === undefined ? {} : { after }) });
    items.push(...page.items);
    after = page.last;
  } while (after !== undefined);
  return items;
};
