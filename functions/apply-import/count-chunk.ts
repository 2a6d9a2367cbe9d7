import { setTimeout as pause } from 'node:timers/promises';
import type { RecordOutcome, RunCounts } from '../../domain/import/run.ts';
import { phaseOf, type StoredRun } from '../../domain/import/stored-run.ts';
import { countUndone, undoneChange } from '../../domain/undo/undo-run.ts';
import { chunkEntity, runEntity } from '../plan-import/entities.ts';
import { finishRun } from '../plan-import/finish-run.ts';
import type { ChunkMessage } from '../queue/chunk-queue.ts';
import type { Stored } from '../store/entity.ts';
import { WriteConflict } from '../store/table.ts';
import type { ApplyContext } from './context.ts';

type Finished = {
  phase: ChunkMessage['phase'];
  name: string;
  chunk: number;
  outcomes: readonly RecordOutcome[];
  isNoted?: boolean;
};

const mostAttempts = 30;

/**
 * Counts a finished chunk, once: its own item and the run's counters change in one transaction. The chunk that completes the last
 * phase also completes the run, and with it the run's event. Chunks of one run take turns on the run's item.
 */
export const countChunk = async (context: ApplyContext, run: StoredRun, finished: Finished): Promise<StoredRun> => {
  const { name: phase, chunk, isNoted } = finished;
  const mark = { runId: run.runId, phase, chunk, ...(isNoted ? { isNoted } : {}) };
  for (let attempt = 1; attempt <= mostAttempts; attempt += 1) {
    const item = await context.table.get(runEntity.keyOf(run.tenant, run.runId), { consistent: true });
    if (item === undefined) throw new Error(`run ${run.runId} is gone`);
    const { value, version } = runEntity.fromItem(item);
    const { counted, ended } = count(value, finished, context.clock().toISOString());
    try {
      await context.table.transact([
        { put: chunkEntity.toItem(run.tenant, mark, 1), expect: 'absent' },
        { put: runEntity.toItem(run.tenant, ended?.run ?? counted, version + 1, ended?.change), expect: version },
      ]);
      return ended?.run ?? counted;
    } catch (error) {
      if (!(error instanceof WriteConflict)) throw error;
      if (error.failed.some(({ index }) => index === 0)) return value;
      await pause(Math.random() * 10 * Math.min(attempt, 20));
    }
  }
  throw new Error(`run ${run.runId} could not be counted in ${mostAttempts} attempts`);
};

/** A plan without chunks that is applied has nothing to count; it ends at once. Any other finished run has ended already. */
export const endEmptyRun = async (context: ApplyContext, { value, version }: Stored<StoredRun>): Promise<void> => {
  if (value.status !== 'applying') return;
  const { run, change } = finishRun(value, context.clock().toISOString());
  await context.table.writeEach([{ put: runEntity.toItem(run.tenant, run, version + 1, change), expect: version }]);
};

const count = (run: StoredRun, finished: Finished, now: string) => {
  if (finished.phase === 'undo') {
    const undone = countUndone(run, finished.outcomes, now);
    const ended = undone.status === 'undone' ? { run: undone, change: undoneChange(run, now) } : undefined;
    return { counted: undone, ended };
  }
  const counted = countApplied(run, finished);
  return { counted, ended: phaseOf(counted) === 'finished' ? finishRun(counted, now) : undefined };
};

const countApplied = (run: StoredRun, { phase, outcomes }: Finished): StoredRun => {
  if (phase === 'relations') return { ...run, relationsDone: run.relationsDone + 1 };
  const counts: RunCounts = { ...run.counts };
  for (const { outcome } of outcomes) counts[outcome] += 1;
  return { ...run, counts, chunksDone: run.chunksDone + 1 };
};
