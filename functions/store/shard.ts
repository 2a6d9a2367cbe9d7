import { listShards } from './contracts.ts';

/** The shard of a list that an id belongs to, always the same one: FNV-1a over its UTF-16 units, modulo the number of shards. */
export const shardOf = (id: string, shards: number = listShards): number => {
  let hash = 0x811c9dc5;
  for (let i = 0; i < id.length; i += 1) hash = Math.imul(hash ^ id.charCodeAt(i), 0x01000193);
  return (hash >>> 0) % shards;
};
