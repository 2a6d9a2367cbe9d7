import { addState, type Tally } from '../../../domain/health/tally.ts';
import { countHealth } from '../../../functions/aggregate/count-health.ts';
import type { ShardChange } from '../../../functions/aggregate/shard-change.ts';
import { healthStateEntity } from '../../../functions/data-health/entities.ts';
import { readTally } from '../../../functions/data-health/read-scorecard.ts';
import { shardOf } from '../../../functions/store/shard.ts';
import type { Table } from '../../../functions/store/table.ts';
import { Crash, faults } from '../../support/import-faults.ts';
import { atMost, type Metric, told } from '../metric.ts';
import { startTables } from './graph-table.ts';
import { growHealth, healthTenant } from './health-estate.ts';

const changes = 300_000;
const records = 60_000;
const shards = 4;
const largestBatch = 1000;
/** Shards are divided every four hours, as those of DynamoDB are. */
const divisions = 18;
const crashing = 0.25;
const comingAgain = 0.06;

/**
 * Three days of changed health over several shards, counted on DynamoDB's own protocol while workers die between two writes and batches come again
 * from further back; compared, number by number, with the same changes counted once in memory. Batches hold 1 to 1,000 records.
 */
export async function* measureHealth(): AsyncGenerator<Metric> {
  const tables = await startTables();
  try {
    const table = await tables.wholeTable();
    const { random, next } = growHealth(records);
    const truth: Tally = new Map();
    const lines = Array.from({ length: shards }, (_, n) => startLine(table, n, random));
    const before = table.meter.writeUnits;
    for (let n = 0; n < changes; n += 1) {
      const change = next(n / changes);
      addState(truth, change.before, -1);
      addState(truth, change.after, 1);
      const generation = Math.floor((n / changes) * divisions);
      await lines[shardOf(change.after.id, shards)]?.take(generation, {
        sequence: String(n),
        at: change.at,
        before: change.before === undefined ? undefined : healthStateEntity.toItem(healthTenant, change.before, 1),
        after: healthStateEntity.toItem(healthTenant, change.after, 2),
      });
    }
    for (const line of lines) await line.finish();
    const sum = (of: 'batches' | 'crashes' | 'again') => lines.reduce((all, { met }) => all + met[of], 0);
    yield told('health.changes', changes, 'count');
    yield told('health.batches', sum('batches'), 'count');
    yield told('health.crashes', sum('crashes'), 'count');
    yield told('health.redeliveries', sum('again'), 'count');
    yield atMost('health.mismatches', mismatches(await readTally(table, healthTenant), truth), 'count', 0);
    yield atMost('health.writeUnitsPerChange', (table.meter.writeUnits - before) / changes, 'units', 0.02);
  } finally {
    await tables.stop();
  }
}

/** The records of one shard and, after a division, of its child. */
const startLine = (table: Table, n: number, random: () => number) => {
  const met = { batches: 0, crashes: 0, again: 0 };
  let [waiting, generation, size]: [ShardChange[], number, number] = [[], 0, largestBatch];

  const deliver = async (batch: readonly ShardChange[], mayCrash: boolean): Promise<boolean> => {
    const dying = faults();
    if (mayCrash) dying.crashAt(1 + Math.floor(random() * 5), random() < 0.5 ? 'before' : 'after');
    try {
      met.batches += 1;
      await countHealth(dying.wrap.table?.(table) ?? table, `shard-${n}-${generation}`, batch);
      return true;
    } catch (error) {
      if (!(error instanceof Crash)) throw error;
      met.crashes += 1;
      return false;
    }
  };
  const flush = async (): Promise<void> => {
    const batch = waiting;
    waiting = [];
    if (batch.length === 0) return;
    // After a crash the batch comes again in two halves, as Lambda has it.
    if (!(await deliver(batch, random() < crashing))) {
      const half = Math.ceil(batch.length / 2);
      await deliver(batch.slice(0, half), false);
      await deliver(batch.slice(half), false);
    }
    if (random() < comingAgain) {
      met.again += 1;
      await deliver(batch.slice(Math.floor(random() * batch.length)), false);
    }
  };
  return {
    met,
    take: async (division: number, change: ShardChange) => {
      if (division !== generation) await flush();
      generation = division;
      if (waiting.length === 0) size = 1 + Math.floor(random() * largestBatch);
      waiting.push(change);
      if (waiting.length >= size) await flush();
    },
    finish: flush,
  };
};

/** In how many numbers two tallies differ. */
const mismatches = (a: Tally, b: Tally): number => {
  const differing = (left: Tally, right: Tally) =>
    [...left].flatMap(([slot, numbers]) =>
      [...numbers].filter(([name, value]) => right.get(slot)?.get(name) !== value),
    );
  return differing(a, b).length + differing(b, a).length;
};
