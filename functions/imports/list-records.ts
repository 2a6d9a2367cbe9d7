import * as z from 'zod';
import { RecordOutcome } from '../../domain/import/run.ts';
import type { StoredRun } from '../../domain/import/stored-run.ts';
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
 * A page may span files; the cursor names file and line.
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
    const lines = await getLines(data, files[file] ?? '');
    for (let line = file === start.file ? start.line : 0; line < lines.length; line += 1) {
      const record = RecordOutcome.parse(lines[line]);
      if (outcome !== undefined && record.outcome !== outcome) continue;
      if (items.length === limit) return { items, nextCursor: cursor.seal({ file, line }) };
      items.push(record);
    }
  }
  return { items };
};

const outcomeFiles = async (
  table: Table,
  tenant: string,
  run: StoredRun,
  of: RecordQuery['phase'],
): Promise<string[]> => {
  const { outcomes } = runFiles(run);
  const phase = of === 'undo' ? 'undo' : run.mode === 'plan' ? 'plan' : 'records';
  const numbers = Array.from({ length: run.chunks }, (_, chunk) => chunk);
  const keys = numbers.map((chunk) => chunkEntity.keyOf(tenant, { runId: run.runId, phase, chunk }));
  const done = new Set((await table.getMany(keys)).map((item) => chunkEntity.fromItem(item).value.chunk));
  return [
    ...Array.from({ length: of === 'undo' ? 0 : run.planParts }, (_, part) => outcomes('scan', part)),
    ...numbers.filter((chunk) => done.has(chunk)).map((chunk) => outcomes(phase, chunk)),
  ];
};
