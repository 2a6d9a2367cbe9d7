import type { Operations } from '../http/operation.ts';

export const relationshipsOperations = {} satisfies Operations;
