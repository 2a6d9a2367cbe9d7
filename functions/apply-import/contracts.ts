import type { Trigger } from '../bus/contracts.ts';

export const applyImportTrigger: Trigger = { kind: 'queue', queue: 'chunks', batchSize: 1, maxConcurrency: 16 };
