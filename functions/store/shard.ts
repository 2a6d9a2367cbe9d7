import { listShards } from './contracts.ts';

/** FNV-1a over the UTF-16 units of a text: 32 bits. */
export const keyHash = (text: string): number => {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
};

/** The shard of a list that an id belongs to, always the same one: its hash, modulo the number of shards. */
export const shardOf = (id: string, shards: number = listShards): number => keyHash(id) % shards;
