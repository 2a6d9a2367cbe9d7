import { idFrom } from '../../../domain/shared/id.ts';
import { applyChunk } from '../../../functions/apply-import/apply-chunk.ts';
import { registerFormats } from '../../../functions/imports/formats/register-formats.ts';
import type { ObjectStore } from '../../../functions/objects/object-store.ts';
import { runEntity } from '../../../functions/plan-import/entities.ts';
import { planImport } from '../../../functions/plan-import/plan.ts';
import type { PlanContext } from '../../../functions/plan-import/plan-context.ts';
import type { ChunkMessage } from '../../../functions/queue/chunk-queue.ts';
import { digest } from '../../../functions/shared/digest.ts';
import { createLog } from '../../../functions/shared/log.ts';
import type { Table } from '../../../functions/store/table.ts';
import { memoryObjects } from '../../support/memory-objects.ts';
import type { Metric } from '../metric.ts';

export const benchTenant = 'skyways';
export const benchSource = 'intune';
/** Chunks at work at once, and calls in flight of the baseline. */
export const workers = 8;

export type Cost = { seconds: number; cpuMs: number; roundTrips: number; readUnits: number; writeUnits: number };

/** What `act` cost: by the clock, in this process's CPU, and at the table. */
export const costOf = async (table: Table, act: () => Promise<unknown>): Promise<Cost> => {
  const before = { ...table.meter };
  const cpu = process.cpuUsage();
  const start = performance.now();
  await act();
  const { user, system } = process.cpuUsage(cpu);
  return {
    seconds: (performance.now() - start) / 1000,
    cpuMs: (user + system) / 1000,
    roundTrips: table.meter.roundTrips - before.roundTrips,
    readUnits: table.meter.readUnits - before.readUnits,
    writeUnits: table.meter.writeUnits - before.writeUnits,
  };
};

/** The planner and applier on a table, with `workers` chunks at work at once; uploads are made while they are read. */
export const benchRig = (table: Table, data: ObjectStore = memoryObjects().store) => {
  const messages: ChunkMessage[] = [];
  let uploads = 0;
  let body: () => AsyncIterable<Uint8Array>;
  let size = 0;
  const context: PlanContext = {
    table,
    uploads: {
      get: async () => ({ body: body(), metadata: {}, storedAt: storedAt(uploads), size }),
      put: () => Promise.reject(new Error('nothing is uploaded here')),
    },
    data,
    queue: {
      send: async (more) => {
        messages.push(...more);
      },
    },
    log: createLog({}, () => {}),
    clock: () => new Date(),
  };

  const plan = async (content: () => AsyncIterable<Uint8Array>, bytes: number): Promise<string> => {
    uploads += 1;
    body = content;
    size = bytes;
    const key = `discovery/${benchSource}/${uploads}.json`;
    const runId = idFrom('run', digest, key);
    const upload = { tenant: benchTenant, source: benchSource, key, runId };
    if (!(await planImport(context, registerFormats, upload))) throw new Error('the planner does not read the fleet');
    return runId;
  };
  const work = async (): Promise<void> => {
    const one = async () => {
      for (let next = messages.shift(); next !== undefined; next = messages.shift()) await applyChunk(context, next);
    };
    while (messages.length > 0) await Promise.all(Array.from({ length: workers }, one));
  };
  const countsOf = async (runId: string) => {
    const item = await table.get(runEntity.keyOf(benchTenant, runId), { consistent: true });
    if (item === undefined) throw new Error(`no run ${runId}`);
    const { status, counts } = runEntity.fromItem(item).value;
    if (status !== 'completed') throw new Error(`the run is ${status}`);
    return counts;
  };
  return { plan, work, countsOf };
};

const storedAt = (n: number): string => new Date(Date.parse('2026-11-22T06:00:00.000Z') + n * 60_000).toISOString();

export const atLeast = (metric: string, value: number, unit: string, bar: number): Metric => ({
  metric,
  value: Number(value.toPrecision(4)),
  unit,
  bar: `>= ${bar}`,
  ok: value >= bar,
});
