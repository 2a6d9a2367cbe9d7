import * as z from 'zod';
import { chunksIn } from '../../domain/import/chunk-ranges.ts';
import { RecordOutcome } from '../../domain/import/run.ts';
import type { StoredRun } from '../../domain/import/stored-run.ts';
import { type RelationNotes, readNotes } from '../apply-import/relation-notes.ts';
import type { RequestScope } from '../http/serve.ts';
import { getLines } from '../objects/ndjson.ts';
import { runFiles } from '../plan-import/chunk-line.ts';
import { chunkEntity, runEntity } from '../plan-import/entities.ts';
import type { Table } from '../store/table.ts';
import type { ImportsContext } from './context.ts';
import type { RecordQuery } from './operations.ts';

const Position = z.strictObject({ file: z.int(), line: z.int() });

/**
 * The outcomes of a run lie in files: first those of the planner (unchanged, unreadable), then one per finished chunk.
 * A page may span files; the cursor names file and line. What there is to say of relations, which come later, is added to it.
 */
export const listRecords = async (
  runId: string,
  { limit, cursor: after, outcome, phase }: RecordQuery,
  { work, cursor, data, table, principal }: RequestScope & ImportsContext,
) => {
  const { value: run } = await work.load(runEntity, runId);
  const files = await outcomeFiles(table, principal.tenant, run, phase);
  const start = after === undefined ? { file: 0, line: 0 } : Position.parse(cursor.open(after));
  const items: RecordOutcome[] = [];
  for (let file = start.file; file < files.length; file += 1) {
    const { key = '', noted } = files[file] ?? {};
    const lines = await getLines(data, key);
    const notes: RelationNotes = noted === undefined ? new Map() : await readNotes(data, run, noted);
    for (let line = file === start.file ? start.line : 0; line < lines.length; line += 1) {
      const told = RecordOutcome.parse(lines[line]);
      const record = { ...told, warnings: [...told.warnings, ...(notes.get(told.recordIndex) ?? [])] };
      if (outcome !== undefined && record.outcome !== outcome) continue;
      if (items.length === limit) return { items, nextCursor: cursor.seal({ file, line }) };
      items.push(record);
    }
  }
  return { items };
};

/** A file of outcomes, and the chunk whose relations there is more to say of. */
type OutcomeFile = { key: string; noted?: number };

const outcomeFiles = async (
  table: Table,
  tenant: string,
  run: StoredRun,
  of: RecordQuery['phase'],
): Promise<OutcomeFile[]> => {
  const { outcomes } = runFiles(run);
  const phase = of === 'undo' ? 'undo' : run.mode === 'plan' ? 'plan' : 'records';
  const numbers = Array.from({ length: run.chunks }, (_, chunk) => chunk);
  const marksOf = async (name: string, chunks: readonly number[]) => {
    const keys = chunks.map((chunk) => chunkEntity.keyOf(tenant, { runId: run.runId, phase: name, chunk }));
    return (await table.getMany(keys)).map((item) => chunkEntity.fromItem(item).value);
  };
  const done = new Set((await marksOf(phase, numbers)).map(({ chunk }) => chunk));
  const related = phase === 'records' ? await marksOf('relations', chunksIn(run.relationChunks)) : [];
  const noted = new Set(related.flatMap(({ chunk, isNoted }) => (isNoted ? chunk : [])));
  return [
    ...Array.from({ length: of === 'undo' ? 0 : run.planParts }, (_, part) => ({ key: outcomes('scan', part) })),
    ...numbers
      .filter((chunk) => done.has(chunk))
      .map((chunk) => ({ key: outcomes(phase, chunk), ...(noted.has(chunk) ? { noted: chunk } : {}) })),
  ];
};
