import { SourceEntry } from '../../domain/import/source-index.ts';
import { digest } from '../shared/digest.ts';
import { defineEntity } from '../store/entity.ts';
import { shardOf } from '../store/shard.ts';
import { packEntry, unpackEntry } from './source-index/packed-entry.ts';

/**
 * Over how many keys the index of one source is spread: 16,000 new entries a second, in transactions of two units each, are 500 units on each
 * of 64 keys. Reading all of them takes 64 queries, which is why small files are compared by single gets.
 */
export const sourceShards = 64;

export const sourceEntryEntity = defineEntity<SourceEntry, { source: string; nativeKey: string }>({
  name: 'source entry',
  schema: SourceEntry,
  tracked: false,
  id: ({ source, nativeKey }) => ({ source, nativeKey }),
  key: ({ source, nativeKey }) => ({ pk: `S#${source}#${shardOf(nativeKey, sourceShards)}`, sk: fitKey(nativeKey) }),
  packing: {
    pack: (entry) => packEntry(entry, fitKey(entry.nativeKey)),
    unpack: unpackEntry,
  },
  chart: 'how a source names a thing, what it said last, and what it became here',
});

/** Where all entries of a source lie. */
export const sourcePartitions = (source: string): string[] =>
  Array.from({ length: sourceShards }, (_, shard) => `S#${source}#${shard}`);

/** DynamoDB takes 1,024 bytes as a sort key; 400 characters may be more. */
const fitKey = (nativeKey: string): string =>
  Buffer.byteLength(nativeKey) <= 1024 ? nativeKey : `${nativeKey.slice(0, 100).toWellFormed()}#${digest(nativeKey)}`;
