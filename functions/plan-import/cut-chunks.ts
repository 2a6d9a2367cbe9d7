import { randomUUID } from 'node:crypto';
import type { ParsedRecord } from '../../domain/discovery/record.ts';
import type { RecordOutcome } from '../../domain/import/run.ts';
import type { StoredRun } from '../../domain/import/stored-run.ts';
import { isDueToRenew } from '../../domain/reconcile/renew.ts';
import { observedAt } from '../apply-import/observed-at.ts';
import { UnreadableFile } from '../imports/formats/format.ts';
import { putLines } from '../objects/ndjson.ts';
import { readViewing } from '../reconciliation/read-viewing.ts';
import { type ChunkLine, runFiles } from './chunk-line.ts';
import type { PlanContext } from './plan-context.ts';
import { type IsDue, scanRecords } from './scan.ts';

const chunkSize = 250;
const outcomesPerFile = 1000;

/**
 * Reads the records of an upload, sets aside those that say nothing new, and lays the rest in the data bucket as chunk files. Gives
 * the run as it then is. Throws `UnreadableFile`: `no-records`, and what the format does.
 */
export const cutChunks = async (
  context: PlanContext,
  run: StoredRun,
  format: string,
  parsed: AsyncIterable<ParsedRecord>,
): Promise<StoredRun> => {
  const started = { ...run, cut: randomUUID() };
  const files = runFiles(started);
  const cut = { records: 0, unchanged: 0, rejected: 0, chunks: 0, planParts: 0, relationChunks: [] as number[] };
  let lines: ChunkLine[] = [];
  let outcomes: RecordOutcome[] = [];
  let relates = false;

  const flushLines = async () => {
    await putLines(context.data, files.chunk(cut.chunks), lines);
    if (relates) cut.relationChunks.push(cut.chunks);
    cut.chunks += 1;
    lines = [];
    relates = false;
  };
  const flushOutcomes = async () => {
    await putLines(context.data, files.outcomes('scan', cut.planParts), outcomes);
    cut.planParts += 1;
    outcomes = [];
  };

  const { rules } = await readViewing(context.table, run.tenant, context.clock().toISOString());
  const isDue: IsDue = ({ heardAt }, record) => isDueToRenew(rules, heardAt, observedAt(record, run.storedAt).at);
  for await (const batch of scanRecords(context.table, run.tenant, run.source, parsed, isDue)) {
    for (const scanned of batch) {
      cut.records += 1;
      if ('line' in scanned) {
        lines.push(scanned.line);
        relates ||= scanned.relates;
        if (lines.length === chunkSize) await flushLines();
      } else {
        cut[scanned.outcome.outcome as 'unchanged' | 'rejected'] += 1;
        outcomes.push(scanned.outcome);
        if (outcomes.length === outcomesPerFile) await flushOutcomes();
      }
    }
  }
  if (lines.length > 0) await flushLines();
  if (outcomes.length > 0) await flushOutcomes();
  if (cut.records === 0) throw new UnreadableFile({ code: 'no-records', detail: 'The file holds no records.' });
  const { records, unchanged, rejected, ...parts } = cut;
  const scanned = { records, unchanged, rejected };
  return { ...started, ...parts, scanned, format, counts: { ...run.counts, ...scanned } };
};
