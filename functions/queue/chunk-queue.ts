import * as z from 'zod';
import { RunId, TenantId } from '../../domain/shared/id.ts';

/**
 * One chunk of one run to be applied: first the records of every chunk, then the relations between what they made, at last (one only)
 * what a full listing no longer lists; or undone.
 */
export const ChunkMessage = z.strictObject({
  tenant: TenantId,
  runId: RunId,
  phase: z.enum(['records', 'relations', 'absence', 'undo']),
  chunk: z.int().nonnegative(),
});
export type ChunkMessage = z.infer<typeof ChunkMessage>;

export type ChunkQueue = { send: (messages: readonly ChunkMessage[]) => Promise<void> };
