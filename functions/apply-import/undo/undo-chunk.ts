import { RecordOutcome } from '../../../domain/import/run.ts';
import type { StoredRun } from '../../../domain/import/stored-run.ts';
import { getLines, putLines } from '../../objects/ndjson.ts';
import { ChunkLine, runFiles } from '../../plan-import/chunk-line.ts';
import type { ApplyContext } from '../context.ts';
import { undoRecord } from './undo-record.ts';
import { undoingOf } from './undoing.ts';

const inFlight = 8;

/** Takes back what one chunk of a run did; what became of it lies in an outcome file of its own. */
export const undoChunk = async (context: ApplyContext, run: StoredRun, chunk: number): Promise<RecordOutcome[]> => {
  const files = runFiles(run);
  const lines = (await getLines(context.data, files.chunk(chunk))).map((line) => ChunkLine.parse(line));
  const told = (await getLines(context.data, files.outcomes('records', chunk))).map((line) =>
    RecordOutcome.parse(line),
  );
  const done = new Map(told.map((outcome) => [outcome.recordIndex, outcome]));
  const undoing = undoingOf(context.table, run, context.clock().toISOString());
  const outcomes: RecordOutcome[] = [];
  for (let at = 0; at < lines.length; at += inFlight) {
    const some = lines.slice(at, at + inFlight);
    const undone = await Promise.all(some.map((line) => undoRecord(undoing, line, done.get(line.record.recordIndex))));
    outcomes.push(...undone.flatMap((outcome) => outcome ?? []));
  }
  await putLines(context.data, files.outcomes('undo', chunk), outcomes);
  return outcomes;
};
