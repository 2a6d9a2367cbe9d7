/**
 * What wakes a consumer, as data: the CDK app makes rules and event source mappings of it, the local stack its own deliveries.
 * `upload`: an object was created in the uploads bucket under one of these prefixes (by EventBridge).
 * `queue`: messages of the chunk queue, those of it that came five times in vain, or uploads whose consumers failed each time. `stream`: changes of the table, in order per item; others than the filter lets through wake
 * nobody. With a `window` batches name their shard, and a batch that fails comes again for as long as the stream keeps it.
 */
export type Trigger =
  | { kind: 'upload'; keyPrefixes: readonly string[] }
  | { kind: 'queue'; queue: 'chunks' | 'deadChunks' | 'deadUploads'; batchSize: number; maxConcurrency: number }
  | { kind: 'stream'; batchSize: number; filter?: EventFilter; window?: StreamWindow };

/** How long records are gathered for a batch, and the window that makes Lambda say which shard a batch comes from. */
export type StreamWindow = { batchingSeconds: number; tumblingSeconds: number };

/** Lambda's language of event filters, as far as it is used: nested names down to a list of which one must fit the value. */
export type EventFilter = { readonly [name: string]: EventFilter | readonly Alternative[] };
export type Alternative = string | { exists: boolean } | { 'anything-but': readonly string[] };
