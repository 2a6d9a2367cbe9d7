import type { Operations } from '../http/operation.ts';

export const lookupOperations = {} satisfies Operations;
