import * as z from 'zod';
import { RunId, TenantId } from '../../domain/shared/id.ts';

/**
 * One chunk of one run to be applied: first the records of every chunk, then the relations between what they made, at last (one only)
 * what a full listing no longer lists; or undone.
 */
export const ChunkMessage = z.strictObject({
  tenant: TenantId,
  runId: RunId,
  phase: z.enum(['records', 'relations', 'absence', 'undo', 'resolve']),
  chunk: z.int().nonnegative(),
  /** Of `resolve`: which record of the chunk a person has decided on. */
  record: z.int().nonnegative().optional(),
  /** And how its source names what it is about. */
  about: z.strictObject({ source: z.string(), nativeKey: z.string() }).optional(),
});
export type ChunkMessage = z.infer<typeof ChunkMessage>;

export type ChunkQueue = { send: (messages: readonly ChunkMessage[]) => Promise<void> };
