import { atMost, type Metric, told } from '../metric.ts';
import { measureDigest } from './import-digest.ts';
import { deviceJson, fleetFile } from './import-fleet.ts';
import { measureHeat } from './import-heat.ts';
import { measureMemory } from './import-memory.ts';
import { atLeast, benchRig, costOf, workers } from './import-rig.ts';
import { startImportTables } from './import-table.ts';

type Options = { records?: string | undefined; seeds?: string | undefined };

const usual = 20_000;
const rounds = 7;
/** The first import goes in so many files, each followed by its baseline, so that both meet the same load of the machine. */
const slices = 4;
/** Table 5.2 of the design notes: a changed record costs its entity and its source entry. */
const leastWritesOfChange = 2;

/**
 * A generated fleet through the real planner and applier, on DynamoDB's own protocol, with buckets and queue in memory: what an import
 * costs the first time, again without news, and with news of one record in a hundred; each beside its baseline in the same run.
 */
export async function* measureImport({ records: given, seeds }: Options = {}): AsyncGenerator<Metric> {
  const records = given === undefined ? usual : Number(given);
  const tables = await startImportTables();
  try {
    const table = await tables.open('first');
    const rig = benchRig(table);
    const run = async (content: () => AsyncIterable<Uint8Array>, count: number) => {
      let runId = '';
      const planned = await costOf(table, async () => {
        runId = await rig.plan(content, sizeOf(count));
      });
      const applied = await costOf(table, rig.work);
      return { planned, applied, counts: await rig.countsOf(runId), seconds: planned.seconds + applied.seconds };
    };

    const first = { seconds: 0, planSeconds: 0, cpuMs: 0, tableCpuMs: 0, writeUnits: 0 };
    const copied = { items: 0, seconds: 0, cpuMs: 0, tableCpuMs: 0 };
    const share = records / slices;
    for (let slice = 0; slice < slices; slice += 1) {
      const before = tables.tableCpuMs();
      const { planned, applied, counts, seconds } = await run(() => fleetFile(share, () => 0, slice * share), share);
      if (counts.created !== share) throw new Error(`not all are new: ${JSON.stringify(counts)}`);
      first.seconds += seconds;
      first.tableCpuMs += tables.tableCpuMs() - before;
      first.planSeconds += planned.seconds;
      first.cpuMs += planned.cpuMs + applied.cpuMs;
      first.writeUnits += planned.writeUnits + applied.writeUnits;
      const raw = await tables.copy('first', 'second');
      copied.items += raw.items;
      copied.seconds += raw.seconds;
      copied.cpuMs += raw.cpuMs;
      copied.tableCpuMs += raw.tableCpuMs;
    }
    yield told('import.initial.recordsPerSecond', records / first.seconds, 'records/s');
    yield told('import.initial.itemsPerRecord', copied.items / records, 'items');
    yield told('import.initial.planShare', first.planSeconds / first.seconds, 'ratio');
    yield told('import.initial.cpuMsPerRecord', first.cpuMs / records, 'ms');
    yield told('import.initial.tableCpuMsPerRecord', first.tableCpuMs / records, 'ms');
    yield told('import.initial.writeUnitsPerRecord', first.writeUnits / records, 'units');
    yield told('import.raw.itemsPerSecond', copied.items / copied.seconds, 'items/s');
    yield told('import.raw.cpuMsPerRecord', copied.cpuMs / records, 'ms');
    yield told('import.raw.tableCpuMsPerRecord', copied.tableCpuMs / records, 'ms');
    yield told('import.initial.ofRawTableCpu', copied.tableCpuMs / first.tableCpuMs, 'ratio');
    yield atLeast('import.initial.ofRawBatchWrite', copied.seconds / first.seconds, 'ratio', 0.75);

    const whole: Uint8Array[] = [];
    for await (const part of fleetFile(records)) whole.push(part);
    const again = async function* () {
      yield* whole;
    };
    const small = await run(() => fleetFile(Math.floor(records / 10)), records / 10);
    yield* unchanged(records, first.seconds, small.planned.writeUnits, () => run(again, records));
    yield* changed(records, () => run(() => fleetFile(records, (n) => (n % 100 === 7 ? 1 : 0)), records));
    yield told('import.workers', workers, 'count');
    yield* measureHeat(Math.min(records, 8000));
    yield* measureMemory({ plan: [records, records * 10], apply: [records / 10, records] });
    yield* measureDigest(Number(seeds ?? 1000));
  } finally {
    await tables.stop();
  }
}

type Run = () => Promise<{
  planned: Awaited<ReturnType<typeof costOf>>;
  applied: Awaited<ReturnType<typeof costOf>>;
  counts: { unchanged: number; updated: number };
  seconds: number;
}>;

/** `ofRun`: what a run without news writes, however many records it has: its own item, begun and ended. */
async function* unchanged(records: number, initialSeconds: number, ofRun: number, run: Run): AsyncGenerator<Metric> {
  const parsing: number[] = [];
  const runs = [];
  for (let round = 0; round < rounds; round += 1) {
    const again = await run();
    if (again.counts.unchanged !== records) throw new Error(`not all are unchanged: ${JSON.stringify(again.counts)}`);
    runs.push(again);
    parsing.push(parseCpu(records));
  }
  const least = (values: readonly number[]) => Math.min(...values);
  const { planned } = runs.at(-1) as (typeof runs)[number];
  const cpu = least(runs.map((one) => one.planned.cpuMs));
  yield atMost('import.unchanged.writeUnitsPerRecord', (planned.writeUnits - ofRun) / records, 'units', 0);
  yield told('import.unchanged.writeUnitsPerRun', ofRun, 'units');
  yield atMost('import.unchanged.readUnitsPerRecord', planned.readUnits / records, 'units', 0.5);
  yield atMost('import.unchanged.roundTripsPerRecord', planned.roundTrips / records, 'count', 0.01);
  const seconds = least(runs.map((one) => one.seconds));
  yield told('import.unchanged.recordsPerSecond', records / seconds, 'records/s');
  yield atLeast('import.unchanged.speedOfInitial', initialSeconds / seconds, 'ratio', 10);
  yield told('import.unchanged.cpuUsPerRecord', (cpu / records) * 1000, 'us');
  yield told('import.unchanged.jsonParseUsPerRecord', (least(parsing) / records) * 1000, 'us');
  yield atMost('import.unchanged.cpuOfJsonParse', cpu / least(parsing), 'ratio', 3);
}

async function* changed(records: number, run: Run): AsyncGenerator<Metric> {
  const { planned, applied, counts } = await run();
  const wanted = Array.from({ length: records }, (_, n) => n).filter((n) => n % 100 === 7).length;
  if (counts.updated !== wanted) throw new Error(`not the changed ones were updated: ${JSON.stringify(counts)}`);
  const units = planned.writeUnits + applied.writeUnits;
  yield told('import.changed.records', wanted, 'count');
  yield told('import.changed.writeUnitsPerChange', units / wanted, 'units');
  yield atMost('import.changed.writeUnitsOfLeast', units / (wanted * leastWritesOfChange), 'ratio', 1.5);
}

/** About how long the file is, as a bucket tells of an object. */
const sizeOf = (records: number): number => records * (deviceJson(0).length + 2);

const cpuMsOf = (cpu: NodeJS.CpuUsage): number => (cpu.user + cpu.system) / 1000;

/** The CPU of parsing every record once. */
const parseCpu = (records: number): number => {
  let spent = 0;
  for (let at = 0; at < records; at += 1000) {
    const texts = Array.from({ length: Math.min(1000, records - at) }, (_, n) => deviceJson(at + n));
    const before = process.cpuUsage();
    for (const text of texts) JSON.parse(text);
    spent += cpuMsOf(process.cpuUsage(before));
  }
  return spent;
};
