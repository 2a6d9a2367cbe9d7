import type { DiscoveryRecord } from '../../domain/discovery/record.ts';
import { fingerprintOf } from '../../domain/import/fingerprint.ts';
import { RecordOutcome } from '../../domain/import/run.ts';
import { type StoredRun, startApply } from '../../domain/import/stored-run.ts';
import { applyChunk } from '../../functions/apply-import/apply-chunk.ts';
import { getLines, putLines } from '../../functions/objects/ndjson.ts';
import type { ObjectStore } from '../../functions/objects/object-store.ts';
import { runFiles } from '../../functions/plan-import/chunk-line.ts';
import { chunkEntity, runEntity } from '../../functions/plan-import/entities.ts';
import { planImport } from '../../functions/plan-import/plan.ts';
import type { PlanContext } from '../../functions/plan-import/plan-context.ts';
import { readUpload } from '../../functions/plan-import/upload.ts';
import type { ChunkMessage, ChunkQueue } from '../../functions/queue/chunk-queue.ts';
import { waitingRelations } from '../../functions/relay/waiting-relations.ts';
import { digest } from '../../functions/shared/digest.ts';
import { createLog } from '../../functions/shared/log.ts';
import type { Table } from '../../functions/store/table.ts';
import { agentJson } from './import-fleet.ts';
import { memoryObjects } from './memory-objects.ts';
import { registries } from './registries.ts';

export const rigTenant = 'skyways';

export type Imported = { run: StoredRun; records: RecordOutcome[] };
export type UploadEvent = Parameters<typeof readUpload>[0];

/** Wraps what the import path writes to, so that a test can make it fail or wait. */
export type Wrap = {
  table: (inner: Table) => Table;
  store: (inner: ObjectStore) => ObjectStore;
  queue: ChunkQueue['send'];
};

/**
 * The import path without AWS: the real planner and applier on any table, with buckets and queue in memory. A message leaves the
 * queue when it was worked off, as in SQS. Uploads are stored a minute apart, whatever the workers' clock shows.
 */
export const importRig = (given: Table, wrap?: Wrap, firstStored = '2026-11-22T06:00:00.000Z') => {
  const uploads = memoryObjects();
  const data = memoryObjects();
  const messages: ChunkMessage[] = [];
  let ticks = Date.parse('2026-11-22T08:00:00.000Z');
  let puts = 0;
  const table = wrap?.table(given) ?? given;
  const context: PlanContext = {
    table,
    uploads: uploads.store,
    data: wrap?.store(data.store) ?? data.store,
    queue: {
      send: async (more) => {
        await wrap?.queue(more);
        messages.push(...more);
      },
    },
    log: createLog({}, () => {}),
    clock: () => {
      ticks += 1000;
      return new Date(ticks);
    },
  };

  /** Puts an object and gives the event that S3 would send of it. Unless `storedAt` is given, a minute after the one before. */
  const put = (
    source: string,
    name: string,
    content: string | Buffer,
    metadata: Record<string, string> = {},
    given?: string,
  ): UploadEvent => {
    const key = `discovery/${source}/${name}`;
    puts += 1;
    const storedAt = given ?? new Date(Date.parse(firstStored) + puts * 60_000).toISOString();
    uploads.kept.set(key, { bytes: Buffer.from(content), metadata, storedAt });
    return {
      source: 'aws.s3' as const,
      'detail-type': 'Object Created' as const,
      detail: { bucket: { name: 'uploads' }, object: { key, etag: 'e', sequencer: `${storedAt} ${puts}` } },
    };
  };

  /** Delivers the event to every planner. */
  const plan = async (event: UploadEvent): Promise<string> => {
    const upload = readUpload(event, rigTenant);
    if (upload === undefined) throw new Error('not an upload');
    for (const registry of registries) await planImport(context, registry, upload);
    return upload.runId;
  };

  /** Works one message off. What throws leaves it first in line. */
  const workOne = async (): Promise<void> => {
    const [message] = messages;
    if (message === undefined) return;
    await applyChunk(context, message);
    // Somebody who works beside this one may have been quicker.
    const at = messages.indexOf(message);
    if (at >= 0) messages.splice(at, 1);
  };
  const work = async (): Promise<void> => {
    while (messages.length > 0) await workOne();
  };

  const load = async (runId: string) => {
    const item = await given.get(runEntity.keyOf(rigTenant, runId), { consistent: true });
    if (item === undefined) throw new Error(`no run ${runId}`);
    return runEntity.fromItem(item);
  };

  /** The run and its outcomes, read as the API reads them: the planner's files, and those of counted chunks. */
  const read = async (runId: string): Promise<Imported> => {
    const { value: run } = await load(runId);
    const files = runFiles(run);
    const phase = run.mode === 'plan' ? 'plan' : 'records';
    const names = Array.from({ length: run.planParts }, (_, part) => files.outcomes('scan', part));
    for (let chunk = 0; chunk < run.chunks; chunk += 1) {
      const mark = await given.get(chunkEntity.keyOf(rigTenant, { runId, phase, chunk }), { consistent: true });
      if (mark !== undefined) names.push(files.outcomes(phase, chunk));
    }
    const lines = (await Promise.all(names.map((name) => getLines(data.store, name)))).flat();
    const records = lines.map((line) => RecordOutcome.parse(line));
    return { run, records: records.sort((a, b) => a.recordIndex - b.recordIndex) };
  };

  /** The whole way of one file. */
  const importFile = async (
    source: string,
    name: string,
    content: string | Buffer,
    metadata: Record<string, string> = {},
    storedAt?: string,
  ): Promise<Imported> => {
    const runId = await plan(put(source, name, content, metadata, storedAt));
    await work();
    await relateWaiting(runId);
    return read(runId);
  };

  /** What the relay asks for when a run has ended. It is handed the run by the stream: reading it here is not counted. */
  const relateWaiting = async (runId: string): Promise<void> => {
    const spent = { ...given.meter };
    const item = await given.get(runEntity.keyOf(rigTenant, runId), { consistent: true });
    Object.assign(given.meter, spent);
    if (item?.c === undefined) return;
    messages.push(...(await waitingRelations(given, item)));
    await work();
  };

  /** Records as a format would hand them on, where no file of today would. */
  const importRecords = async (
    source: string,
    name: string,
    records: readonly DiscoveryRecord[],
  ): Promise<Imported> => {
    const runId = await plan(put(source, name, agentJson({ name: 'any', serial: `FILE${name}` })));
    const { value, version } = await load(runId);
    const lines = records.map((record, recordIndex) => ({ ...record, recordIndex }));
    const relates = lines.some(({ relations }) => relations !== undefined);
    await putLines(
      data.store,
      runFiles(value).chunk(0),
      lines.map((record) => ({ record, print: fingerprintOf(record, digest) })),
    );
    const run = { ...value, relationChunks: relates ? [0] : [], counts: { ...value.counts, records: lines.length } };
    await given.transact([{ put: runEntity.toItem(rigTenant, run, version + 1), expect: version }]);
    await work();
    return read(runId);
  };

  /** What `POST /imports/{runId}/apply` stores; the relay asks for the work. */
  const startApplying = async (runId: string): Promise<void> => {
    const { value, version } = await load(runId);
    const at = context.clock().toISOString();
    const change = { type: 'ImportApplyStarted', by: 'user:kim', at, correlationId: 'request' };
    const next = startApply(value);
    await given.transact([{ put: runEntity.toItem(rigTenant, next, version + 1, change), expect: version }]);
  };

  return { context, put, plan, work, workOne, read, importFile, importRecords, startApplying, messages, uploads, data };
};
