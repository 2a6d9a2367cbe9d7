import type { RecordOutcome } from '../../domain/import/run.ts';
import { RecordOutcome as RecordOutcomeSchema } from '../../domain/import/run.ts';
import type { StoredRun } from '../../domain/import/stored-run.ts';
import { applyChunk } from '../../functions/apply-import/apply-chunk.ts';
import { getLines } from '../../functions/objects/ndjson.ts';
import { runEntity } from '../../functions/plan-import/entities.ts';
import { planImport } from '../../functions/plan-import/plan.ts';
import { readUpload } from '../../functions/plan-import/upload.ts';
import type { ChunkMessage } from '../../functions/queue/chunk-queue.ts';
import { createLog } from '../../functions/shared/log.ts';
import type { Table } from '../../functions/store/table.ts';
import { memoryObjects } from './memory-objects.ts';

export const rigTenant = 'skyways';

export type Imported = { run: StoredRun; records: RecordOutcome[] };

/** The import path without AWS: the real planner and applier on any table, with buckets and queue in memory. */
export const importRig = (table: Table) => {
  const uploads = memoryObjects();
  const data = memoryObjects();
  const queue: ChunkMessage[] = [];
  let ticks = Date.parse('2026-11-22T08:00:00.000Z');
  const tick = (): Date => {
    ticks += 1000;
    return new Date(ticks);
  };
  const context = {
    table,
    uploads: uploads.store,
    data: data.store,
    queue: { send: async (messages: readonly ChunkMessage[]) => void queue.push(...messages) },
    log: createLog({}, () => {}),
    clock: tick,
  };

  /** Puts an object and gives the event that S3 would send of it. */
  const put = (source: string, name: string, content: string | Buffer, metadata: Record<string, string> = {}) => {
    const key = `discovery/${source}/${name}`;
    const storedAt = tick().toISOString();
    uploads.kept.set(key, { bytes: Buffer.from(content), metadata, storedAt });
    return {
      source: 'aws.s3' as const,
      'detail-type': 'Object Created' as const,
      detail: { bucket: { name: 'uploads' }, object: { key, etag: 'e', sequencer: storedAt } },
    };
  };

  const plan = async (event: ReturnType<typeof put>): Promise<string> => {
    const upload = readUpload(event, rigTenant);
    if (upload === undefined) throw new Error('not an upload');
    await planImport(context, upload);
    return upload.runId;
  };

  const work = async (): Promise<void> => {
    for (let message = queue.shift(); message !== undefined; message = queue.shift())
      await applyChunk(context, message);
  };

  const read = async (runId: string): Promise<Imported> => {
    const item = await table.get(runEntity.keyOf(rigTenant, runId));
    if (item === undefined) throw new Error(`no run ${runId}`);
    const names = [...data.kept.keys()].filter((key) => key.includes(`/${runId}/`) && key.includes("/outcomes/")).sort();
    const lines = (await Promise.all(names.map((name) => getLines(data.store, name)))).flat();
    const records = lines.map((line) => RecordOutcomeSchema.parse(line));
    return { run: runEntity.fromItem(item).value, records: records.sort((a, b) => a.recordIndex - b.recordIndex) };
  };

  /** The whole way of one file. */
  const importFile = async (
    source: string,
    name: string,
    content: string | Buffer,
    metadata = {},
  ): Promise<Imported> => {
    const runId = await plan(put(source, name, content, metadata));
    await work();
    return read(runId);
  };

  return { context, put, plan, work, read, importFile, queue, data };
};
