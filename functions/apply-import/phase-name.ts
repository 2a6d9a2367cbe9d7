import type { StoredRun } from '../../domain/import/stored-run.ts';
import type { ChunkMessage } from '../queue/chunk-queue.ts';

/** A plan decides the same records that its apply decides again: they are counted apart. */
export const phaseName = (run: Pick<StoredRun, 'mode'>, phase: ChunkMessage['phase']): string =>
  phase === 'records' && run.mode === 'plan' ? 'plan' : phase;
