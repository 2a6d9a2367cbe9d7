import * as z from 'zod';
import { StoredRun } from '../../domain/import/stored-run.ts';
import { text, whole } from '../../domain/shared/scalars.ts';
import { defineEntity } from '../store/entity.ts';

/** Where a list of runs lies: newest first when read backwards. */
export const runListPartition = 'runs';

/** The runs of one source, in the order of time. */
export const runsOfSource = (source: string): string => `runs#${source}`;

export const runEntity = defineEntity<StoredRun, string>({
  name: 'run',
  schema: StoredRun,
  tracked: true,
  id: ({ runId }) => runId,
  key: (runId) => ({ pk: runId, sk: '#' }),
  indexes: ({ startedAt, runId, source }) => {
    const sk = `${startedAt}#${runId}`;
    return { list: { pk: runListPartition, sk }, inverse: { pk: runsOfSource(source), sk } };
  },
  chart: 'one import run and how far it is; listed by time, and by source',
});

/** `isNoted`: there is more to say of its records, in a file of its own. */
const ChunkDone = z.strictObject({ runId: text, phase: text, chunk: whole, isNoted: z.literal(true).optional() });
type ChunkDone = z.infer<typeof ChunkDone>;

/** Says that one chunk of one phase is counted: written with the run's counters, so that a repeated message counts once. */
export const chunkEntity = defineEntity<ChunkDone, ChunkDone>({
  name: 'chunk',
  schema: ChunkDone,
  tracked: false,
  id: (chunk) => chunk,
  key: ({ runId, phase, chunk }) => ({ pk: runId, sk: `K#${phase}#${String(chunk).padStart(6, '0')}` }),
  chart: 'a finished chunk of a run',
});
