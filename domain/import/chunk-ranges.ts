import * as z from 'zod';
import { whole } from '../shared/scalars.ts';

/**
 * Numbers of chunks in rising order: one by itself, or the first and the last of several in a row. However large a file is, a run holds no
 * more than `mostRanges` of them.
 */
export const ChunkRanges = z.array(z.union([whole, z.tuple([whole, whole])]));
export type ChunkRanges = z.infer<typeof ChunkRanges>;

type Range = ChunkRanges[number];

const mostRanges = 64;

const firstOf = (range: Range): number => (typeof range === 'number' ? range : range[0]);
const lastOf = (range: Range): number => (typeof range === 'number' ? range : range[1]);

/**
 * With one more chunk, beyond all that are there. Where that makes too many ranges, the two that are nearest to each other become one: the
 * chunks between them are then looked at as well, and nothing is found there.
 */
export const withChunk = (ranges: ChunkRanges, chunk: number): ChunkRanges => {
  const last = ranges.at(-1);
  if (last !== undefined && lastOf(last) + 1 >= chunk) return [...ranges.slice(0, -1), [firstOf(last), chunk]];
  const more = [...ranges, chunk];
  return more.length > mostRanges ? joinNearest(more) : more;
};

const joinNearest = (ranges: ChunkRanges): ChunkRanges => {
  const gapAfter = (at: number): number => firstOf(ranges[at + 1] ?? 0) - lastOf(ranges[at] ?? 0);
  let nearest = 0;
  for (let at = 1; at < ranges.length - 1; at += 1) if (gapAfter(at) < gapAfter(nearest)) nearest = at;
  const joined: Range = [firstOf(ranges[nearest] ?? 0), lastOf(ranges[nearest + 1] ?? 0)];
  return [...ranges.slice(0, nearest), joined, ...ranges.slice(nearest + 2)];
};

export const countOfChunks = (ranges: ChunkRanges): number =>
  ranges.reduce<number>((sum, range) => sum + lastOf(range) - firstOf(range) + 1, 0);

export const chunksIn = (ranges: ChunkRanges): number[] =>
  ranges.flatMap((range) => Array.from({ length: lastOf(range) - firstOf(range) + 1 }, (_, n) => firstOf(range) + n));
