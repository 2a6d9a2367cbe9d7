import { shardOf } from '../store/shard.ts';

/** Most entries of one page. */
export const pageRoom = 64;

/**
 * Linear hashing: which of `pages` pages holds a neighbour. Pages are added one at a time; page `pages - 2^k` is the next to be divided,
 * its entries going to itself and to the new page, and all others stay where they are.
 */
export const pageOf = (neighbour: string, pages: number): number => {
  const half = halfOf(pages);
  const page = shardOf(neighbour, half * 2);
  return page < pages ? page : page - half;
};

/** The page that is divided when one is added to `pages`. */
export const pageToDivide = (pages: number): number => pages - halfOf(pages);

/** The largest power of two that is not above `pages`. */
const halfOf = (pages: number): number => 2 ** Math.floor(Math.log2(pages));
