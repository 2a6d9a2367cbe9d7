import type { RecordOutcome } from '../../domain/import/run.ts';
import { phaseOf, type StoredRun } from '../../domain/import/stored-run.ts';
import { getLines, putLines } from '../objects/ndjson.ts';
import { ChunkLine, runFiles } from '../plan-import/chunk-line.ts';
import { dispatch } from '../plan-import/dispatch.ts';
import { chunkEntity, runEntity } from '../plan-import/entities.ts';
import type { ChunkMessage } from '../queue/chunk-queue.ts';
import type { Stored } from '../store/entity.ts';
import { applyAbsence } from './absence/apply-absence.ts';
import { applyRecords } from './apply-records.ts';
import { applyRelations } from './apply-relations.ts';
import type { ApplyContext, RunScope } from './context.ts';
import { countChunk, endEmptyRun } from './count-chunk.ts';
import { phaseName } from './phase-name.ts';
import { changeNotes, putNotes } from './relation-notes.ts';
import { resolveChunk } from './resolve-chunk.ts';
import { undoChunk } from './undo/undo-chunk.ts';

/**
 * One message: one chunk of one phase. Whatever happens in between, doing it again ends in the same state: records know by their
 * source entry what was done and by which rule, and a chunk is counted once.
 */
export const applyChunk = async (context: ApplyContext, message: ChunkMessage): Promise<void> => {
  const { tenant, runId, phase, chunk, record } = message;
  const stored = await loadRun(context, tenant, runId);
  if (stored === undefined) return;
  if (phase === 'resolve') return resolveChunk(context, stored.value, chunk, record);
  if (phase === 'undo') return undoPhase(context, stored.value, chunk);
  if (phase === 'relations' && stored.value.status === 'completed') return relateLate(context, stored.value, chunk);
  if (phaseOf(stored.value) === 'finished') return endEmptyRun(context, stored);
  if (phase === 'absence') return applyAbsence(context, stored);
  if (phaseOf(stored.value) === 'absence') return dispatch(context.queue, stored.value, 'absence');
  const done = await isCounted(context, stored.value, phase, chunk);
  const run = done ? stored.value : await applyPhase(context, stored.value, phase, chunk);
  const next = phaseOf(run);
  if (next === 'absence' || (phase === 'records' && next === 'relations')) await dispatch(context.queue, run, next);
};

/** Relations that waited for their other end, looked at again. What a later run has said of a record meanwhile stands. */
const relateLate = async (context: ApplyContext, run: StoredRun, chunk: number): Promise<void> => {
  const lines = (await getLines(context.data, runFiles(run).chunk(chunk))).map((line) => ChunkLine.parse(line));
  const scope: RunScope = { context, run, chunk, now: context.clock().toISOString(), late: true };
  await changeNotes(scope, chunk, await applyRelations(scope, lines));
};

const undoPhase = async (context: ApplyContext, run: StoredRun, chunk: number): Promise<void> => {
  if (run.undo === undefined || run.status === 'undone' || (await isCounted(context, run, 'undo', chunk))) return;
  const outcomes = await undoChunk(context, run, chunk);
  await countChunk(context, run, { phase: 'undo', name: 'undo', chunk, outcomes });
};

const applyPhase = async (
  context: ApplyContext,
  run: StoredRun,
  phase: ChunkMessage['phase'],
  chunk: number,
): Promise<StoredRun> => {
  const files = runFiles(run);
  const lines = (await getLines(context.data, files.chunk(chunk))).map((line) => ChunkLine.parse(line));
  const scope = { context, run, chunk, now: context.clock().toISOString() };
  const name = phaseName(run, phase);
  let outcomes: RecordOutcome[] = [];
  let isNoted = false;
  if (phase === 'records') {
    outcomes = await applyRecords(scope, lines);
    // The first to finish has told most of what was done; who comes second finds it done.
    if (await isCounted(context, run, phase, chunk)) return run;
    await putLines(context.data, files.outcomes(name, chunk), outcomes);
  } else {
    isNoted = await putNotes(scope, chunk, await applyRelations(scope, lines));
  }
  return countChunk(context, run, { phase, name, chunk, outcomes, isNoted });
};

const isCounted = async (
  { table }: ApplyContext,
  run: StoredRun,
  phase: ChunkMessage['phase'],
  chunk: number,
): Promise<boolean> => {
  const key = chunkEntity.keyOf(run.tenant, { runId: run.runId, phase: phaseName(run, phase), chunk });
  return (await table.get(key, { consistent: true })) !== undefined;
};

const loadRun = async (
  { table }: ApplyContext,
  tenant: string,
  runId: string,
): Promise<Stored<StoredRun> | undefined> => {
  const item = await table.get(runEntity.keyOf(tenant, runId), { consistent: true });
  return item === undefined ? undefined : runEntity.fromItem(item);
};
