import type { Operations } from '../http/operation.ts';

export const uploadsOperations = {} satisfies Operations;
