/**
 * What wakes a consumer, as data: the CDK app makes rules and event source mappings of it, the local stack its own deliveries.
 * `upload`: an object was created in the uploads bucket under one of these prefixes (by EventBridge).
 * `queue`: messages of the chunk queue. `stream`: changes of the table, in order per item.
 */
export type Trigger =
  | { kind: 'upload'; keyPrefixes: readonly string[] }
  | { kind: 'queue'; queue: 'chunks'; batchSize: number; maxConcurrency: number }
  | { kind: 'stream'; batchSize: number };
