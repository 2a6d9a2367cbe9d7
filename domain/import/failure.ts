import type { Change } from '../shared/change.ts';
import type { RunProblem } from './run.ts';
import type { StoredRun } from './stored-run.ts';

/** The work that was given up: which chunk of which phase. */
export type GivenUp = { phase: string; chunk: number };

type Failed = { run: StoredRun; change: Change };

/**
 * The run after one of its chunks was given up. What the others did stands, and what is still to do waits for a person to go on. Undefined
 * for a run that has come to its end meanwhile, and for work that it has done without (a late relation, a record that a person decided on).
 */
export const failRun = (run: StoredRun, { phase, chunk }: GivenUp, now: string): Failed | undefined => {
  const undoing = phase === 'undo';
  const isOpen = undoing
    ? run.status === 'completed' && run.undo !== undefined && run.undo.finishedAt === undefined
    : run.status === 'applying' || (run.status === 'planning' && run.chunks > 0);
  if (!isOpen || phase === 'resolve') return undefined;
  const again = `POST /imports/${run.runId}/${undoing ? 'undo' : 'apply'}`;
  const problem: RunProblem = {
    code: 'chunk-failed',
    detail:
      `Chunk ${chunk + 1} of ${Math.max(run.chunks, 1)} failed again and again in the phase "${phase}". What was done stands. ` +
      `The log of apply-import tells why, under the run's id; repair that, then go on with ${again}.`,
  };
  const change = { type: 'ImportFailed', by: `source:${run.source}`, at: now, correlationId: run.runId };
  return { run: { ...run, status: 'failed', finishedAt: now, problem }, change };
};
