import { setTimeout as pause } from 'node:timers/promises';
import { normaliseIdentifiers } from '../../domain/identity/normalise.ts';
import type { RecordOutcome } from '../../domain/import/run.ts';
import { type ChunkLine, detailFile } from '../plan-import/chunk-line.ts';
import { applyRecord } from './apply-record.ts';
import type { RunScope } from './context.ts';
import { flush } from './flush.ts';
import { loadState } from './load-state.ts';
import { startStaging } from './staging.ts';

const batchSize = 50;
const mostRounds = 12;

/** Applies (or, in a plan, only decides) the records of one chunk, batch by batch. */
export const applyRecords = async (scope: RunScope, lines: readonly ChunkLine[]): Promise<RecordOutcome[]> => {
  const outcomes: RecordOutcome[] = [];
  for (let at = 0; at < lines.length; at += batchSize) {
    outcomes.push(...(await applyBatch(scope, lines.slice(at, at + batchSize))));
  }
  return outcomes;
};

/** Records that lost a race against another worker are decided again on fresh state; what was first reported of them stands. */
const applyBatch = async (scope: RunScope, lines: readonly ChunkLine[]): Promise<RecordOutcome[]> => {
  const outcomes = new Map<number, RecordOutcome>();
  let pending = lines;
  for (let round = 0; pending.length > 0; round += 1) {
    if (round === mostRounds)
      throw new Error(`${pending.length} record(s) lost every race; the chunk is tried again later`);
    if (round > 0) await pause(Math.random() * 20 * 2 ** Math.min(round, 6));
    const lost = await decideAndWrite(scope, pending, outcomes);
    pending = pending.filter(({ record }) => lost.has(record.recordIndex));
  }
  return lines.flatMap(({ record }) => outcomes.get(record.recordIndex) ?? []);
};

const decideAndWrite = async (
  { context, run, now }: RunScope,
  lines: readonly ChunkLine[],
  outcomes: Map<number, RecordOutcome>,
): Promise<Set<number>> => {
  const state = await loadState(context.table, run.tenant, run.source, {
    nativeKeys: lines.map(({ record }) => record.nativeKey),
    identifiers: lines.flatMap(({ record }) => normaliseIdentifiers(record, run.source)),
  });
  const staging = run.mode === 'apply' ? startStaging(run.tenant) : undefined;
  for (const line of lines) {
    const outcome = applyRecord(line, run, now, state, staging);
    const first = outcomes.get(outcome.recordIndex);
    outcomes.set(
      outcome.recordIndex,
      first?.outcome === 'updated' && outcome.outcome === 'unchanged' ? first : outcome,
    );
  }
  if (staging === undefined) return new Set();
  await storeDetails({ context, run, now }, lines, outcomes);
  return flush(context.table, staging.groups());
};

/** Bulky sections go to S3 before the table names them, under their content's hash: writing them twice is writing them once. */
const storeDetails = async (
  { context, run }: RunScope,
  lines: readonly ChunkLine[],
  outcomes: ReadonlyMap<number, RecordOutcome>,
): Promise<void> => {
  const puts = lines.flatMap(({ record, print }) => {
    const ciId = outcomes.get(record.recordIndex)?.ciId;
    if (ciId === undefined) return [];
    return Object.entries(record.details ?? {}).map(([section, list]) => ({
      key: detailFile(run.tenant, ciId, section, print[section] ?? ''),
      body: JSON.stringify(list),
    }));
  });
  for (let at = 0; at < puts.length; at += 16) {
    await Promise.all(puts.slice(at, at + 16).map(({ key, body }) => context.data.put(key, body, 'application/json')));
  }
};
