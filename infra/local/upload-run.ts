import { setTimeout as pause } from 'node:timers/promises';
import type { ImportRun, RecordOutcome } from '../../domain/import/run.ts';
import { type Page, type ReadApi, readPages } from './api-client.ts';

const pollMs = 200;
const longestMs = 15 * 60_000;

/** The newest runs of a source, before an upload: what is among them is not its run. */
export const runsBefore = async (read: ReadApi, source: string): Promise<Set<string>> => {
  const { items } = await read<Page<ImportRun>>(`/imports?source=${encodeURIComponent(source)}&limit=100`);
  return new Set(items.map(({ runId }) => runId));
};

/** Waits for the run that an upload makes, until nothing more will happen to it. Throws after 15 minutes. */
export const awaitRun = async (
  read: ReadApi,
  { source, objectKey, known }: { source: string; objectKey: string; known: ReadonlySet<string> },
): Promise<ImportRun> => {
  const deadline = Date.now() + longestMs;
  let run: ImportRun | undefined;
  while (Date.now() < deadline) {
    run = run === undefined ? await findRun(read, source, objectKey, known) : await read(`/imports/${run.runId}`);
    if (run !== undefined && isFinal(run)) return run;
    await pause(pollMs);
  }
  throw new Error(`${objectKey}: ${run === undefined ? 'no run appeared' : `${run.runId} is still ${run.status}`}`);
};

/** Lists are newest first: behind a page with a run that was there before, nothing new can come. */
const findRun = async (read: ReadApi, source: string, objectKey: string, known: ReadonlySet<string>) => {
  for await (const runs of readPages<ImportRun>(read, `/imports?source=${encodeURIComponent(source)}&limit=100`)) {
    const found = runs.find((run) => run.objectKey === objectKey && !known.has(run.runId));
    if (found !== undefined || runs.some(({ runId }) => known.has(runId))) return found;
  }
  return undefined;
};

const isFinal = ({ status, mode }: ImportRun): boolean =>
  ['completed', 'held', 'rejected', 'failed', 'undone'].includes(status) || (status === 'planned' && mode === 'plan');

export const recordsOf = async (read: ReadApi, runId: string): Promise<RecordOutcome[]> => {
  const records: RecordOutcome[] = [];
  for await (const page of readPages<RecordOutcome>(read, `/imports/${runId}/records?limit=100`)) records.push(...page);
  return records;
};
