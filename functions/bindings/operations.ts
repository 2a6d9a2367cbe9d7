import type { Operations } from '../http/operation.ts';

export const bindingsOperations = {} satisfies Operations;
