import type { Change } from '../shared/change.ts';
import { plannerFailed, unreadFormat } from './run.ts';
import type { StoredRun } from './stored-run.ts';

type Failed = { run: StoredRun; change: Change };

/** A run whose planner was given up. */
export const isPlannerFailed = ({ status, problem }: StoredRun): boolean =>
  status === 'failed' && problem?.code === plannerFailed;

/** Its file was not read to its end, so that only a planner can go on with it. */
export const isUnread = (run: StoredRun): boolean => isPlannerFailed(run) && run.scanned === undefined;

/** And that no planner has even begun: all that it has is its name. Whoever plans the upload after all makes it anew. */
export const isUnborn = (run: StoredRun): boolean => isPlannerFailed(run) && run.format === unreadFormat;

/**
 * The run after its planner was given up. Undefined for one that is further on: somebody else has planned it, or its chunks are at work. A
 * run that was cut waits for a person to go on; one that was not waits for its upload to come again.
 */
export const failPlanning = (run: StoredRun, planner: string, now: string): Failed | undefined => {
  const isOpen = run.status === 'planning' || (run.status === 'applying' && run.planned === undefined);
  if (!isOpen || run.chunksDone > 0) return undefined;
  return fail(run, planner, now);
};

/** A run as it is stored when its planner failed before it could store one. Nobody has read what its upload's metadata asks for. */
export const failUnborn = (run: Omit<StoredRun, 'format'>, planner: string, now: string): Failed =>
  fail({ ...run, format: unreadFormat }, planner, now);

const fail = (run: StoredRun, planner: string, now: string): Failed => {
  const rest =
    run.scanned === undefined
      ? 'Nothing of the file was written. Once that is repaired upload the file again; if it is very large, split it into smaller ones.'
      : `The file was read, and its chunks were not asked for. Once that is repaired go on with POST /imports/${run.runId}/apply.`;
  const problem = {
    code: plannerFailed,
    detail: `The planner ${planner} failed each time it was tried. Its log tells why, under the run's id. ${rest}`,
  };
  const change = { type: 'ImportFailed', by: `source:${run.source}`, at: now, correlationId: run.runId };
  return { run: { ...run, status: 'failed', finishedAt: now, problem }, change };
};

/** The run of a planner that comes after all: as if it had not been given up. */
export const revivePlanning = (run: StoredRun): StoredRun => {
  if (!isPlannerFailed(run)) return run;
  const { problem: _problem, finishedAt: _failedAt, ...rest } = run;
  return { ...rest, status: 'planning' };
};
