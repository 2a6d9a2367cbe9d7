import type { Operations } from '../http/operation.ts';

export const assetsOperations = {} satisfies Operations;
