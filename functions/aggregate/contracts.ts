import type { EventFilter, Trigger } from '../bus/contracts.ts';

/** Whatever a record's health depends on, the health itself, and what asks for a recount. */
const judgedItems: EventFilter = {
  dynamodb: {
    NewImage: {
      e: { S: ['ci', 'asset', 'adjacency', 'record health', 'health rules', 'health recount'] },
    },
  },
};

/**
 * The second and last consumer of the stream. Its batches are large, since a batch costs a few counters however many records it holds, and
 * come with the name of their shard (only a window brings it), by which each counter knows how far it has counted.
 */
export const aggregateTrigger: Trigger = {
  kind: 'stream',
  batchSize: 1000,
  filter: judgedItems,
  window: { batchingSeconds: 5, tumblingSeconds: 60 },
};
