import { tableIndexes } from './contracts.ts';
import type { Item, Page, Query, Table } from './table.ts';

/** Where a page ended: the keys of its last item, as DynamoDB wants them to go on from. */
export type Position = NonNullable<Query['after']>;

type PageRequest = Pick<Query, 'pk' | 'prefix' | 'upTo' | 'index' | 'backwards'> & {
  limit: number;
  after?: Position | undefined;
};

export type ItemPage<T> = { found: T[]; next?: Position };

const mostRounds = 20;

/**
 * One page of one partition: reads on until `limit` items are kept, the partition ends, or 20 rounds were spent (then the page is
 * shorter, with a position to go on from). One item more than asked for is read, so that the last page names no next one.
 * `keep` turns the items of one round into results, `undefined` for those that do not belong to the list.
 */
export const readPage = async <T>(
  table: Table,
  { limit, after, ...query }: PageRequest,
  keep: (items: Item[]) => Promise<(T | undefined)[]>,
): Promise<ItemPage<T>> => {
  const kept: { value: T; position: Position }[] = [];
  let position = after;
  for (let round = 0; round < mostRounds; round += 1) {
    const wanted = limit + 1 - kept.length;
    const page: Page = await table.query({
      ...query,
      limit: wanted,
      ...(position === undefined ? {} : { after: position }),
    });
    const values = await keep(page.items);
    for (const [n, item] of page.items.entries()) {
      const value = values[n];
      if (value !== undefined) kept.push({ value, position: positionOf(item, query.index) });
    }
    position = page.last;
    if (kept.length > limit || position === undefined) break;
  }
  const next = kept.length > limit ? kept[limit - 1]?.position : position;
  const found = kept.slice(0, limit).map(({ value }) => value);
  return next === undefined ? { found } : { found, next };
};

const positionOf = (item: Item, index: Query['index']): Position => {
  const { pk, sk } = item;
  if (index === undefined) return { pk, sk };
  const { partition, sort } = tableIndexes[index];
  return { pk, sk, [partition]: String(item[partition]), [sort]: String(item[sort]) };
};
