import type { RunProblem } from '../../domain/import/run.ts';
import { type StoredRun, withoutFailure } from '../../domain/import/stored-run.ts';
import type { Change } from '../../domain/shared/change.ts';

type Ended = { run: StoredRun; change: Change };

/** The run as it ends, with the change that becomes its event. A plan ends as `planned` and may be applied later. */
export const finishRun = (ended: StoredRun, now: string): Ended => {
  const run = withoutFailure(ended);
  return run.mode === 'plan'
    ? { run: { ...run, status: 'planned', finishedAt: now }, change: changed(run, 'ImportPlanned', now) }
    : { run: { ...run, status: 'completed', finishedAt: now }, change: changed(run, 'ImportCompleted', now) };
};

/** The run of a file that cannot be used. */
export const rejectRun = (run: StoredRun, problem: RunProblem, now: string): Ended => ({
  run: { ...run, status: 'rejected', finishedAt: now, problem },
  change: changed(run, 'ImportRejected', now),
});

/** The run that must not go on before a person has confirmed it. */
export const holdRun = (run: StoredRun, problem: RunProblem, now: string): Ended => ({
  run: { ...run, status: 'held', finishedAt: now, problem },
  change: changed(run, 'ImportHeld', now),
});

const changed = (run: StoredRun, type: string, at: string): Change => ({
  type,
  by: `source:${run.source}`,
  at,
  correlationId: run.runId,
});
