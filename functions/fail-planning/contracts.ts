import type { Trigger } from '../bus/contracts.ts';

export const failPlanningTrigger: Trigger = { kind: 'queue', queue: 'deadUploads', batchSize: 10, maxConcurrency: 2 };
