import { randomUUID } from 'node:crypto';
import type { RecordOutcome } from '../../domain/import/run.ts';
import { phaseOf, type StoredRun } from '../../domain/import/stored-run.ts';
import { isDueToRenew } from '../../domain/reconcile/renew.ts';
import { observedAt } from '../apply-import/observed-at.ts';
import { UnreadableFile, type UploadContext } from '../imports/formats/format.ts';
import { chooseFormat } from '../imports/formats/registry.ts';
import { putLines } from '../objects/ndjson.ts';
import type { ObjectStore } from '../objects/object-store.ts';
import type { ChunkQueue } from '../queue/chunk-queue.ts';
import { readViewing } from '../reconciliation/read-viewing.ts';
import type { Log } from '../shared/log.ts';
import type { Stored } from '../store/entity.ts';
import { type Table, WriteConflict } from '../store/table.ts';
import { type ChunkLine, runFiles } from './chunk-line.ts';
import { dispatch } from './dispatch.ts';
import { runEntity } from './entities.ts';
import { finishRun, rejectRun } from './finish-run.ts';
import { newRun, readSettings } from './new-run.ts';
import { openContent } from './open-content.ts';
import { type IsDue, scanRecords } from './scan.ts';
import type { Upload } from './upload.ts';

export type PlanContext = {
  table: Table;
  uploads: ObjectStore;
  data: ObjectStore;
  queue: ChunkQueue;
  log: Log;
  clock: () => Date;
};

const chunkSize = 250;
const outcomesPerFile = 1000;

/**
 * Plans one upload: reads it as a stream, sets aside what did not change, and cuts the rest into chunk files. Only when all of that
 * lies in S3 is the run marked, in one conditional write, and only then is work asked for: a planner that dies is started again and
 * cuts anew. Each cut has its own folder: two planners of one event may see different states, and the run names the cut that counts.
 * A repeated event of a run that is further on only asks again for what is open.
 */
export const planImport = async (context: PlanContext, upload: Upload): Promise<void> => {
  const stored = await begin(context, upload);
  if (stored === undefined) return;
  if (stored.value.status === 'planning' && stored.value.chunks === 0) await scan(context, upload, stored);
  else await resume(context, stored.value);
};

/** The run of this object version, made now if there is none. Undefined: the object is gone. */
const begin = async (context: PlanContext, upload: Upload): Promise<Stored<StoredRun> | undefined> => {
  const key = runEntity.keyOf(upload.tenant, upload.runId);
  const known = await context.table.get(key, { consistent: true });
  if (known !== undefined) return runEntity.fromItem(known);
  const object = await context.uploads.get(upload.key, upload.version);
  if (object === undefined) return undefined;
  for await (const _ of object.body) break;
  const value = newRun(upload, object, context.clock().toISOString());
  const [result] = await context.table.writeEach([
    { put: runEntity.toItem(upload.tenant, value, 1), expect: 'absent' },
  ]);
  return result?.done === false && result.current !== undefined
    ? runEntity.fromItem(result.current)
    : { value, version: 1 };
};

const resume = async ({ queue }: PlanContext, run: StoredRun): Promise<void> => {
  if (run.status !== 'applying' && run.status !== 'planning') return;
  const phase = phaseOf(run);
  if (phase !== 'finished') await dispatch(queue, run, phase);
};

const scan = async (context: PlanContext, upload: Upload, stored: Stored<StoredRun>): Promise<void> => {
  const now = () => context.clock().toISOString();
  const run = stored.value;
  try {
    const scanned = await cutChunks(context, upload, run);
    if (phaseOf(scanned) === 'finished') {
      const { run: finished, change } = finishRun(scanned, now());
      await replace(context, stored, finished, change);
      return;
    }
    const next: StoredRun = { ...scanned, status: run.mode === 'plan' ? 'planning' : 'applying' };
    if (await replace(context, stored, next)) await dispatch(context.queue, next, 'records');
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    const { run: rejected, change } = rejectRun(run, error.problem, now());
    await replace(context, stored, rejected, change);
  }
};

/** Another delivery of the same event may have been quicker: then it has asked for the work, and this one is done. */
const replace = async (
  { table }: PlanContext,
  { version }: Stored<StoredRun>,
  run: StoredRun,
  change?: Parameters<typeof runEntity.toItem>[3],
): Promise<boolean> => {
  try {
    await table.transact([{ put: runEntity.toItem(run.tenant, run, version + 1, change), expect: version }]);
    return true;
  } catch (error) {
    if (error instanceof WriteConflict) return false;
    throw error;
  }
};

const cutChunks = async (context: PlanContext, upload: Upload, run: StoredRun): Promise<StoredRun> => {
  const object = await context.uploads.get(upload.key, upload.version);
  if (object === undefined)
    throw new UnreadableFile({ code: 'object-gone', detail: 'The object was deleted before it was read.' });
  const settings = readSettings(object.metadata);
  if (settings.mode === 'unknown') {
    throw new UnreadableFile({ code: 'unknown-mode', detail: 'The metadata "mode" must be "apply" or "plan".' });
  }
  const uploadContext: UploadContext = {
    source: run.source,
    objectKey: run.objectKey,
    storedAt: run.storedAt,
    ...(settings.profile === undefined ? {} : { profile: settings.profile }),
  };
  const { head, body } = await openContent(object.body);
  const format = chooseFormat(head, uploadContext, settings.format);
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
  const parsed = format.parse(body, uploadContext);
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
  return { ...started, ...parts, scanned, format: format.name, counts: { ...run.counts, ...scanned } };
};
