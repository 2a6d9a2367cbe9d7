import type { RecordOutcome } from '../import/run.ts';
import { resumeRun, type StoredRun, withoutFailure } from '../import/stored-run.ts';
import type { Change } from '../shared/change.ts';
import { Problem } from '../shared/problem.ts';

/** A run whose undoing begins, or goes on after it failed. A run without chunks changed nothing: it is undone at once. Throws `conflict` for any other run. */
export const startUndo = (run: StoredRun, by: string, now: string): StoredRun => {
  if (run.status === 'failed' && run.undo !== undefined) return resumeRun(run);
  if (run.status !== 'completed' || run.undo !== undefined) {
    const state = run.undo === undefined || run.status === 'undone' ? run.status : 'being undone';
    throw new Problem('conflict', `The run is ${state}; only a completed run can be undone.`);
  }
  if (run.absence !== undefined && run.absence.missing > 0) {
    const detail = `The run found ${run.absence.missing} thing(s) missing; marks of absence are not taken back with a run.`;
    throw new Problem('conflict', detail, { fix: 'Upload a full list that names them: that clears the marks.' });
  }
  const undo = { by, startedAt: now, reverted: 0, refused: 0 };
  if (run.chunks > 0) return { ...run, undo, undoneChunks: 0 };
  return { ...run, status: 'undone', undo: { ...undo, finishedAt: now } };
};

/** The run after one more chunk of it was undone; with the last one it is `undone`. */
export const countUndone = (run: StoredRun, outcomes: readonly RecordOutcome[], now: string): StoredRun => {
  if (run.undo === undefined) throw new Error(`run ${run.runId} is not being undone`);
  const refused = outcomes.filter(({ outcome }) => outcome === 'refused').length;
  const { undo: before } = run;
  const undo = {
    ...before,
    reverted: before.reverted + outcomes.length - refused,
    refused: before.refused + refused,
  };
  const undoneChunks = (run.undoneChunks ?? 0) + 1;
  if (undoneChunks < run.chunks) return { ...run, undo, undoneChunks };
  return { ...withoutFailure(run), status: 'undone', undo: { ...undo, finishedAt: now }, undoneChunks };
};

export const undoneChange = (run: StoredRun, now: string): Change => ({
  type: 'ImportUndone',
  by: run.undo?.by ?? `source:${run.source}`,
  at: now,
  correlationId: run.runId,
});
