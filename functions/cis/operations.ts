import type { Operations } from '../http/operation.ts';

export const cisOperations = {} satisfies Operations;
