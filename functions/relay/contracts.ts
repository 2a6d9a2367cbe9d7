import type { EventFilter, Trigger } from '../bus/contracts.ts';

/**
 * An item that carries what changed it (`c`, written by the store) and is not the history made of one. Claims, indexes, history and
 * expired items wake nobody.
 */
const trackedItems: EventFilter = {
  dynamodb: {
    NewImage: { c: { M: { type: { S: [{ exists: true }] } } }, e: { S: [{ 'anything-but': ['history'] }] } },
  },
};

export const relayTrigger: Trigger = { kind: 'stream', batchSize: 100, filter: trackedItems };
