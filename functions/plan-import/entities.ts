import * as z from 'zod';
import { SourceEntry } from '../../domain/import/source-index.ts';
import { StoredRun } from '../../domain/import/stored-run.ts';
import { digest } from '../shared/digest.ts';
import { defineEntity } from '../store/entity.ts';
import { shardOf } from '../store/shard.ts';

/** Where a list of runs lies: newest first when read backwards. */
export const runListPartition = 'runs';

export const runEntity = defineEntity<StoredRun, string>({
  name: 'run',
  schema: StoredRun,
  tracked: true,
  id: ({ runId }) => runId,
  key: (runId) => ({ pk: runId, sk: '#' }),
  indexes: ({ startedAt, runId }) => ({ list: { pk: runListPartition, sk: `${startedAt}#${runId}` } }),
  chart: 'one import run and how far it is; listed by time',
});

const ChunkDone = z.strictObject({ runId: z.string(), phase: z.string(), chunk: z.int() });
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

/** Over how many keys the index of one source is spread. */
const sourceShards = 16;

export const sourceEntryEntity = defineEntity<SourceEntry, { source: string; nativeKey: string }>({
  name: 'source entry',
  schema: SourceEntry,
  tracked: false,
  id: ({ source, nativeKey }) => ({ source, nativeKey }),
  key: ({ source, nativeKey }) => ({ pk: `S#${source}#${shardOf(nativeKey, sourceShards)}`, sk: fitKey(nativeKey) }),
  chart: 'how a source names a thing, what it said last, and what it became here',
});

/** DynamoDB takes 1,024 bytes as a sort key; 400 characters may be more. */
const fitKey = (nativeKey: string): string =>
  Buffer.byteLength(nativeKey) <= 1024 ? nativeKey : `${nativeKey.slice(0, 100).toWellFormed()}#${digest(nativeKey)}`;
