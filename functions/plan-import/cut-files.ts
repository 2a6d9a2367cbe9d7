import { withChunk } from '../../domain/import/chunk-ranges.ts';
import type { PlanProgress, StoredRun } from '../../domain/import/stored-run.ts';
import type { ObjectStore } from '../objects/object-store.ts';
import { runFiles } from './chunk-line.ts';
import { outcomeLines } from './outcome-lines.ts';
import type { Scanned } from './scan.ts';
import type { Place } from './source-index/known-line.ts';

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
  const outcomes = outcomeLines();
  let relates = false;

  const flushLines = async () => {
    await data.put(files.chunk(cut.chunks), lines.join(''), 'application/x-ndjson');
    if (relates) cut.relationChunks = withChunk(cut.relationChunks, cut.chunks);
    cut.chunks += 1;
    lines = [];
    relates = false;
  };
  const flushOutcomes = async () => {
    await data.put(files.outcomes('scan', cut.planParts), outcomes.take(), 'application/x-ndjson');
    cut.planParts += 1;
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
        outcomes.add(`${JSON.stringify(scanned.outcome)}\n`);
        if (outcomes.count() >= outcomesPerFile) await flushOutcomes();
      }
    },
    /** A record that was recognised without being read. */
    known: (place: Place, recordIndex: number, line: number): void => {
      if (recordIndex < records) return;
      cut.records += 1;
      cut.unchanged += 1;
      outcomes.addKnown(place, recordIndex, line);
    },
    isAhead: (): boolean => cut.records > records,
    settle: async (): Promise<void> => {
      if (outcomes.count() >= outcomesPerFile) await flushOutcomes();
    },
    end: async () => {
      if (lines.length > 0) await flushLines();
      if (outcomes.count() > 0) await flushOutcomes();
      return cut;
    },
  };
};
