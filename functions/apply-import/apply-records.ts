import { setTimeout as pause } from 'node:timers/promises';
import type { RecordOutcome } from '../../domain/import/run.ts';
import type { Ruling } from '../../domain/review/review.ts';
import type { ChunkLine } from '../plan-import/chunk-line.ts';
import { readViewing } from '../reconciliation/read-viewing.ts';
import { noteSeen } from '../sightings/note-seen.ts';
import { applyRecord } from './apply-record.ts';
import { movedSince, type Planned, readPlanned, withSeen } from './as-planned.ts';
import type { RunScope } from './context.ts';
import { type Flushed, flush } from './flush.ts';
import { identifiersIn } from './identifiers.ts';
import { loadState } from './load-state.ts';
import { loadOtherNames } from './merged-names.ts';
import { keepProposals } from './proposals.ts';
import { considerRecord } from './resolve-record.ts';
import { ignored, keepReviews, readReviews, rulingsOf } from './reviews.ts';
import { startStaging } from './staging.ts';
import type { State } from './state.ts';
import { storeDetails } from './store-details.ts';

/** A third of a chunk. */
const batchSize = 84;
const mostRounds = 12;
/** A batch of 50 takes 0.1 to 1 s, of records that others fight for 10 s. */
const leastMs = 20_000;

type Outcomes = Map<number, RecordOutcome>;

/** `rulings`: what is decided already, by record; `planned`: what the plan found that is carried out. */
type BatchScope = RunScope & { rulings: ReadonlyMap<number, Ruling>; planned: Planned; sightings: State['sightings'] };

/**
 * Applies the records of one chunk, batch by batch. A plan only decides them, all at once: what it does not write, the next batch
 * could not read. Throws when the function's time runs out: the message comes again, and what is done is found done.
 */
export const applyRecords = async (scope: RunScope, lines: readonly ChunkLine[]): Promise<RecordOutcome[]> => {
  const outcomes: Outcomes = new Map();
  const planned = await readPlanned(scope.context, scope.run, scope.chunk ?? 0);
  const size = scope.run.mode === 'plan' ? Math.max(lines.length, 1) : batchSize;
  for (let at = 0; at < lines.length; at += size) {
    if (at > 0 && (scope.context.timeLeft?.() ?? leastMs) < leastMs) {
      throw new Error(`no time left after ${at} of ${lines.length} records; the chunk is gone on with later`);
    }
    const some = lines.slice(at, at + size);
    const reviews = await readReviews(scope, some);
    const sightings: State['sightings'] = new Map();
    await applyBatch({ ...scope, planned, rulings: rulingsOf(scope, some, reviews), sightings }, some, outcomes);
    if (scope.run.mode !== 'apply') continue;
    await keepReviews(scope, some, outcomes, reviews);
    await keepProposals(scope, outcomes, sightings);
    const noted = some.map(({ record }) => ({ record, outcome: outcomes.get(record.recordIndex) }));
    await noteSeen(scope.context.table, scope.run, scope.now, noted);
  }
  return lines.flatMap(({ record }) => outcomes.get(record.recordIndex) ?? []);
};

/**
 * Records that lost a race against another worker are decided again on fresh state; what was first reported of them stands.
 * Records that touch too much together are decided in two halves.
 */
const applyBatch = async (scope: BatchScope, lines: readonly ChunkLine[], outcomes: Outcomes): Promise<void> => {
  let pending = lines;
  for (let round = 0; pending.length > 0; round += 1) {
    if (round === mostRounds)
      throw new Error(`${pending.length} record(s) lost every race; the chunk is tried again later`);
    if (round > 0) await pause(Math.random() * 20 * 2 ** Math.min(round, 6));
    const { lost, crowded } = await decideAndWrite(scope, pending, outcomes);
    const crowd = pending.filter(({ record }) => crowded.has(record.recordIndex));
    const half = Math.ceil(crowd.length / 2);
    for (const part of [crowd.slice(0, half), crowd.slice(half)]) await applyBatch(scope, part, outcomes);
    pending = pending.filter(({ record }) => lost.has(record.recordIndex));
  }
};

/** Decided again after all was written, though the answer said otherwise: then the first report is the full one. */
const tellsLess = (again: RecordOutcome, first: RecordOutcome): boolean =>
  first.changes !== undefined &&
  again.changes === undefined &&
  first.ciId === again.ciId &&
  first.assetId === again.assetId &&
  (first.outcome === again.outcome || (first.outcome === 'updated' && again.outcome === 'unchanged'));

const speaksOfDeletion = (lines: readonly ChunkLine[], { entries }: State): boolean =>
  lines.some(
    ({ record }) => record.action === 'delete' || entries.get(record.nativeKey)?.value.deletedAt !== undefined,
  );

const decideAndWrite = async (scope: BatchScope, lines: readonly ChunkLine[], outcomes: Outcomes): Promise<Flushed> => {
  const { context, run, now, rulings, planned } = scope;
  const state = await loadState(context.table, run.tenant, run.source, {
    nativeKeys: lines.map(({ record }) => record.nativeKey),
    identifiers: lines.flatMap(({ record }) => identifiersIn(record, run.source)),
    ids: lines.flatMap(({ record: { recordIndex } }) =>
      [outcomes.get(recordIndex), rulings.get(recordIndex)].flatMap((one) => one ?? []),
    ),
  });
  if (speaksOfDeletion(lines, state)) await loadOtherNames(context.table, run.tenant, run.source, state);
  state.rulings = rulings;
  state.sightings = scope.sightings;
  state.run = { source: run.source, runId: run.runId };
  state.viewing = await readViewing(context.table, run.tenant, now);
  const staging = startStaging(run.tenant);
  const seen = { assets: new Map(state.assets), cis: new Map(state.cis) };
  for (const line of lines) {
    const { recordIndex } = line.record;
    const considered = run.mode === 'plan' ? considerRecord(line.record, run.source, state) : undefined;
    const decide = () =>
      rulings.get(recordIndex)?.decision === 'ignore' ? ignored(line) : applyRecord(line, run, now, state, staging);
    const decided = movedSince(planned.get(recordIndex), line, run, state) ?? decide();
    const outcome = considered === undefined ? decided : { ...withSeen(decided, seen), considered };
    const first = outcomes.get(outcome.recordIndex);
    if (first === undefined || !tellsLess(outcome, first)) outcomes.set(outcome.recordIndex, outcome);
  }
  if (run.mode === 'plan') return { lost: new Set(), crowded: new Set() };
  await storeDetails(scope, lines, outcomes);
  const groups = staging.groups();
  const flushed = await flush(context.table, groups);
  if (flushed.lost.size + flushed.crowded.size === 0) return flushed;
  // What wrote nothing may have been decided by what then was not written.
  const staged = new Set(groups.flatMap(({ records }) => [...records]));
  const idle = lines.flatMap(({ record }) => (staged.has(record.recordIndex) ? [] : [record.recordIndex]));
  return { ...flushed, lost: new Set([...flushed.lost, ...idle]) };
};
