import { withChunk } from '../../domain/import/chunk-ranges.ts';
import type { RecordOutcome } from '../../domain/import/run.ts';
import type { PlanProgress, StoredRun } from '../../domain/import/stored-run.ts';
import type { ObjectStore } from '../objects/object-store.ts';
import { runFiles } from './chunk-line.ts';
import type { Scanned } from './scan.ts';
import type { Known } from './source-index/entry-table.ts';

const chunkSize = 250;
const outcomesPerFile = 1000;

/** What a cut came to. */
export type Cut = Omit<PlanProgress, 'turns' | 'isIndexed'>;

const nothing: Cut = { records: 0, unchanged: 0, rejected: 0, chunks: 0, planParts: 0, relationChunks: [] };

/**
 * The files of one cut: what is to be applied, in chunks, and what the planner itself found of the rest. It goes on from `before`, what
 * planners before it have cut: what comes of that again is passed over.
 */
export const cutFiles = (data: ObjectStore, run: StoredRun, before: Cut = nothing) => {
  const files = runFiles(run);
  const { records, unchanged, rejected, chunks, planParts, relationChunks } = before;
  const cut: Cut = { records, unchanged, rejected, chunks, planParts, relationChunks };
  let lines: string[] = [];
  let outcomes: string[] = [];
  let relates = false;

  const flushLines = async () => {
    await data.put(files.chunk(cut.chunks), lines.join(''), 'application/x-ndjson');
    if (relates) cut.relationChunks = withChunk(cut.relationChunks, cut.chunks);
    cut.chunks += 1;
    lines = [];
    relates = false;
  };
  const flushOutcomes = async () => {
    await data.put(files.outcomes('scan', cut.planParts), outcomes.join(''), 'application/x-ndjson');
    cut.planParts += 1;
    outcomes = [];
  };

  return {
    add: async (scanned: Scanned): Promise<void> => {
      cut.records += 1;
      if ('line' in scanned) {
        lines.push(`${JSON.stringify(scanned.line)}\n`);
        relates ||= scanned.relates;
        if (lines.length === chunkSize) await flushLines();
      } else {
        cut[scanned.outcome.outcome as 'unchanged' | 'rejected'] += 1;
        outcomes.push(`${JSON.stringify(scanned.outcome)}\n`);
        if (outcomes.length >= outcomesPerFile) await flushOutcomes();
      }
    },
    /** A record that was recognised without being read. */
    known: (record: Known & Pick<RecordOutcome, 'recordIndex' | 'line'>): void => {
      if (record.recordIndex < records) return;
      cut.records += 1;
      cut.unchanged += 1;
      outcomes.push(knownLine(record));
    },
    isAhead: (): boolean => cut.records > records,
    settle: async (): Promise<void> => {
      if (outcomes.length >= outcomesPerFile) await flushOutcomes();
    },
    end: async () => {
      if (lines.length > 0) await flushLines();
      if (outcomes.length > 0) await flushOutcomes();
      return cut;
    },
  };
};

/** The outcome of an unchanged record as JSON, put together by hand: a file may hold millions. */
const knownLine = ({
  recordIndex,
  line,
  nativeKey,
  ciId,
  assetId,
}: Parameters<ReturnType<typeof cutFiles>['known']>[0]) =>
  `{"recordIndex":${recordIndex},${line === undefined ? '' : `"line":${line},`}"outcome":"unchanged",${
    ciId === undefined ? '' : `"ciId":"${ciId}",`
  }${assetId === undefined ? '' : `"assetId":"${assetId}",`}"matchedBy":{"rule":"native-key","identifiers":[{"type":"nativeKey","value":${JSON.stringify(nativeKey)}}]},"warnings":[],"errors":[]}\n`;
