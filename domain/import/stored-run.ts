import * as z from 'zod';
import { TenantId } from '../shared/id.ts';
import { Problem } from '../shared/problem.ts';
import { count, optionalText, optionalWhole, text, whole } from '../shared/scalars.ts';
import { Timestamp } from '../shared/time.ts';
import { ChunkRanges, countOfChunks } from './chunk-ranges.ts';
import { outcomes } from './outcome.ts';
import { ImportRun, plannerFailed, RunCounts } from './run.ts';

/** How far a planner came whose time was over; the next one goes on there. `turns`: how many planners have been at it. */
const PlanProgress = z.strictObject({
  turns: whole,
  records: whole,
  unchanged: whole,
  rejected: whole,
  chunks: whole,
  planParts: whole,
  relationChunks: ChunkRanges,
  /** The whole index was read: so it is again. */
  isIndexed: z.literal(true).optional(),
});
export type PlanProgress = z.infer<typeof PlanProgress>;

/** A run as it is stored: what the API shows, and how far the work is. Chunk numbers count from 0; `done` ones are finished. */
export const StoredRun = ImportRun.extend({
  tenant: TenantId,
  storedAt: Timestamp,
  /** Names the folder of the planner whose chunks count: another one, woken by the same event, writes into a folder of its own. */
  cut: optionalText,
  /** The folders of planners before the last, where a file took several: up to which chunk, and which outcome file, each has cut. */
  earlierCuts: z.array(z.strictObject({ cut: text, chunks: whole, planParts: whole })).optional(),
  progress: PlanProgress.optional(),
  chunks: count,
  chunksDone: count,
  /** Chunks that hold records with relations: done in a second phase, when every record has its CI. */
  relationChunks: ChunkRanges,
  relationsDone: count,
  /** It was a plan before it was applied: what has moved since is told and not forced. */
  planned: z.literal(true).optional(),
  /** Chunks that are undone, while the run is. */
  undoneChunks: z.int().nonnegative().optional(),
  /** What its metadata, else its source's settings, said when it began. */
  settings: z
    .strictObject({ format: optionalText, profile: optionalText, missingLimitPercent: optionalWhole })
    .optional(),
  /** The file lists all that its source knows: what it no longer lists is missing there. */
  snapshot: z.literal(true).optional(),
  /** Of so many things that the source listed, so many are missing. `confirmed`: a person says that it is so; `done`: they are marked. */
  absence: z
    .strictObject({
      live: whole,
      missing: whole,
      confirmed: z.literal(true).optional(),
      done: z.literal(true).optional(),
    })
    .optional(),
  /** Outcome files the planner wrote (unchanged and unreadable records). */
  planParts: count,
  /** What the planner counted by itself, so that a plan that is applied counts from there. */
  scanned: z.strictObject({ records: whole, unchanged: whole, rejected: whole }).optional(),
});
export type StoredRun = z.infer<typeof StoredRun>;

/** Which phase of a run is next, given what is done. */
export const phaseOf = (run: StoredRun): 'records' | 'relations' | 'absence' | 'finished' => {
  if (run.chunksDone < run.chunks) return 'records';
  if (run.mode !== 'apply') return 'finished';
  if (run.relationsDone < countOfChunks(run.relationChunks)) return 'relations';
  return run.snapshot === true && run.absence?.done !== true ? 'absence' : 'finished';
};

/** The run as the API shows it: without the bookkeeping. */
export const showRun = (run: StoredRun): ImportRun => ImportRun.strip().parse(run);

/**
 * A plan that is to be carried out: the same chunks are decided again, on the state as it is then. What the planner itself counted
 * (unchanged, unreadable) stands. A run that is held because too much is missing goes on to mark it, one that failed with what it has
 * not done. Throws `conflict` for any other.
 */
export const startApply = (run: StoredRun): StoredRun => {
  if (run.status === 'held' && run.absence !== undefined) {
    const { finishedAt: _heldAt, problem: _problem, ...held } = run;
    return { ...held, status: 'applying', absence: { ...run.absence, confirmed: true } };
  }
  if (run.status === 'failed' && run.undo === undefined) {
    refuseUnplanned(run);
    return resumeRun(run);
  }
  if (run.status !== 'planned') {
    throw new Problem('conflict', `The run is ${run.status}; only a planned, held or failed run can be applied.`);
  }
  const { finishedAt: _finishedAt, ...rest } = run;
  const { records, unchanged, rejected } = run.scanned ?? run.counts;
  return {
    ...rest,
    mode: 'apply',
    planned: true,
    status: 'applying',
    chunksDone: 0,
    counts: { ...noCounts(), records, unchanged, rejected },
  };
};

/** There is nothing to go on with where no planner has read the file to its end: only a planner can, and an upload wakes one. */
const refuseUnplanned = ({ scanned, problem }: StoredRun): void => {
  if (scanned !== undefined || problem?.code !== plannerFailed) return;
  throw new Problem('conflict', 'The run failed before its file was read to its end: there is nothing to go on with.', {
    fix: 'Repair what its problem names, then upload the file again; that makes a new run.',
  });
};

/** Counters at their beginning. */
export const noCounts = (): RunCounts =>
  RunCounts.parse({ records: 0, ...Object.fromEntries(outcomes.map((outcome) => [outcome, 0])) });

/** A failed run as it goes on: with what it has not done yet. */
export const resumeRun = (run: StoredRun): StoredRun => {
  const status = run.undo === undefined ? (run.mode === 'plan' ? 'planning' : 'applying') : 'completed';
  const { finishedAt, ...rest } = withoutFailure(run);
  return { ...rest, status, ...(status === 'completed' && finishedAt !== undefined ? { finishedAt } : {}) };
};

/** What came after all, though it had been given up, ends a run as if nothing had happened. */
export const withoutFailure = (run: StoredRun): StoredRun => {
  if (run.status !== 'failed') return run;
  const { problem: _problem, ...rest } = run;
  return rest;
};
