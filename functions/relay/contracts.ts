import type { Trigger } from '../bus/contracts.ts';

export const relayTrigger: Trigger = { kind: 'stream', batchSize: 100 };
