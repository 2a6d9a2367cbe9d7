import { gunzipSync, gzipSync } from 'node:zlib';
import type { PlanProgress, StoredRun } from '../../domain/import/stored-run.ts';
import { UnreadableFile } from '../imports/formats/format.ts';
import type { ObjectStore } from '../objects/object-store.ts';
import { runFiles } from './chunk-line.ts';
import type { Cut } from './cut-files.ts';
import { type KeyFilter, keyFilter } from './source-index/key-filter.ts';

/** A file that is not read after so many planners, an hour and a half of them, is no file that one should send. */
export const mostTurns = 18;

const tooLong = {
  code: 'planning-too-long',
  detail: `The file was not read to its end by ${mostTurns} planners, one after the other. Split it into smaller files.`,
};

/** The filter of the planner that came so far; a new one where there was none, or where it had found no news. */
export const changedKeys = async (data: ObjectStore, run: StoredRun): Promise<KeyFilter> => {
  if (run.progress === undefined) return keyFilter();
  const stored = await data.get(runFiles(run).changedKeys());
  if (stored === undefined) return keyFilter();
  const parts: Uint8Array[] = [];
  for await (const part of stored.body) parts.push(part);
  return keyFilter(gunzipSync(Buffer.concat(parts)));
};

/** The run as the next planner goes on with it. Throws `UnreadableFile` where too many have tried. */
export const pausedRun = async (
  data: ObjectStore,
  run: StoredRun,
  { cut, changed, isIndexed }: { cut: Cut; changed: KeyFilter; isIndexed: boolean },
): Promise<StoredRun> => {
  const turns = (run.progress?.turns ?? 0) + 1;
  if (turns >= mostTurns) throw new UnreadableFile(tooLong);
  const marks = changed.marks();
  if (marks !== undefined) await data.put(runFiles(run).changedKeys(), gzipSync(marks), 'application/gzip');
  const progress: PlanProgress = { turns, ...cut, ...(isIndexed ? { isIndexed: true } : {}) };
  const { records, unchanged, rejected } = cut;
  return { ...run, progress, counts: { ...run.counts, records, unchanged, rejected } };
};

/** The run as one planner begins to cut, in a folder of its own; those that came before it keep theirs. */
export const startedRun = (run: StoredRun, cut: string): StoredRun => {
  const { progress, cut: last, earlierCuts = [] } = run;
  if (progress === undefined || last === undefined) return { ...run, cut };
  const { chunks, planParts } = progress;
  return { ...run, cut, earlierCuts: [...earlierCuts, { cut: last, chunks, planParts }] };
};
