import type { Operations } from '../http/operation.ts';

export const importsOperations = {} satisfies Operations;
