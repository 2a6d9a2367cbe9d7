import { chunksIn } from '../../domain/import/chunk-ranges.ts';
import type { StoredRun } from '../../domain/import/stored-run.ts';
import type { ChunkMessage, ChunkQueue } from '../queue/chunk-queue.ts';

/**
 * Asks for every chunk of a phase. Asking twice is harmless: a chunk that is done is not done again. Where there is no chunk at all
 * (a plan in which nothing changes) one message still goes out, so that somebody ends the run.
 */
export const dispatch = (queue: ChunkQueue, run: StoredRun, phase: ChunkMessage['phase']): Promise<void> => {
  const { tenant, runId } = run;
  if (phase === 'absence') return queue.send([{ tenant, runId, phase, chunk: 0 }]);
  const chunks =
    phase === 'relations'
      ? chunksIn(run.relationChunks)
      : Array.from({ length: Math.max(run.chunks, 1) }, (_, chunk) => chunk);
  return queue.send(chunks.map((chunk) => ({ tenant, runId, phase, chunk })));
};
