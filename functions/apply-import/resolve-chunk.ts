import type { StoredRun } from '../../domain/import/stored-run.ts';
import { getLines } from '../objects/ndjson.ts';
import { ChunkLine, runFiles } from '../plan-import/chunk-line.ts';
import { reviewEntity } from '../plan-import/review-entity.ts';
import { applyRecords } from './apply-records.ts';
import { applyRelations } from './apply-relations.ts';
import type { ApplyContext } from './context.ts';
import { changeNotes } from './relation-notes.ts';

/**
 * Carries out what a person has decided of one record of a run, as that run would have: what it writes is the run's, and goes with it when
 * the run is undone. Done again, it finds its review closed.
 */
export const resolveChunk = async (
  context: ApplyContext,
  stored: StoredRun,
  chunk: number,
  record: number | undefined,
): Promise<void> => {
  const { planned: _planned, ...run } = stored;
  const lines = (await getLines(context.data, runFiles(run).chunk(chunk))).map((line) => ChunkLine.parse(line));
  const line = lines.find((one) => one.record.recordIndex === record);
  if (line === undefined) return;
  const key = reviewEntity.keyOf(run.tenant, { source: run.source, nativeKey: line.record.nativeKey });
  const item = await context.table.get(key, { consistent: true });
  if (item === undefined || reviewEntity.fromItem(item).value.state !== 'decided') return;
  const scope = { context, run, chunk, now: context.clock().toISOString() };
  await applyRecords(scope, [line]);
  await changeNotes(scope, chunk, await applyRelations(scope, [line]));
};
