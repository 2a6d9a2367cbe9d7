import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type ChunkRanges, chunksIn, countOfChunks, withChunk } from '../../domain/import/chunk-ranges.ts';

const rangesOf = (chunks: readonly number[]): ChunkRanges => chunks.reduce<ChunkRanges>(withChunk, []);
const someOf = (most: number) =>
  fc.uniqueArray(fc.nat(most), { maxLength: most }).map((chunks) => chunks.sort((a, b) => a - b));

describe('ranges of chunks', () => {
  it('are as short as they may be', () => {
    expect(rangesOf([0, 1, 2, 5, 7, 8])).toEqual([[0, 2], 5, [7, 8]]);
  });
  it('hold what was put in, and nothing else while they are few', () => {
    fc.assert(
      fc.property(someOf(100), (chunks) => {
        const ranges = rangesOf(chunks);
        expect(chunksIn(ranges)).toEqual(chunks);
        expect(countOfChunks(ranges)).toBe(chunks.length);
      }),
    );
  });
  it('never become many, and hold all of what was put in', () => {
    const all = Array.from({ length: 4000 }, (_, n) => n).filter((n) => (n * 7919) % 3 !== 0);
    const ranges = rangesOf(all);
    expect(ranges.length).toBe(64);
    expect(JSON.stringify(ranges).length).toBeLessThan(1000);
    const held = chunksIn(ranges);
    expect(held.length).toBe(countOfChunks(ranges));
    expect(new Set([...held, ...all]).size).toBe(held.length);
  });
});
