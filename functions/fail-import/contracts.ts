import type { Trigger } from '../bus/contracts.ts';

export const failImportTrigger: Trigger = { kind: 'queue', queue: 'deadChunks', batchSize: 10, maxConcurrency: 2 };
