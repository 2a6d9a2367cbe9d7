import type { Item } from '../store/table.ts';

/** A record of the stream: its place in its shard, when it was written, the item before and after. */
export type ShardChange = { sequence: string; at: string; before: Item | undefined; after: Item | undefined };
