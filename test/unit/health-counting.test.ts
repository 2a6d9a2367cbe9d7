import { marshall } from '@aws-sdk/util-dynamodb';
import { describe, expect, it } from '@jest/globals';
import type { Context, DynamoDBStreamEvent } from 'aws-lambda';
import { type Condition, holds } from '../../domain/health/condition.ts';
import { countsAt } from '../../domain/health/scorecard.ts';
import type { HealthState } from '../../domain/health/tally.ts';
import { countHealth } from '../../functions/aggregate/count-health.ts';
import { handleChanges } from '../../functions/aggregate/handler.ts';
import type { ShardChange } from '../../functions/aggregate/shard-change.ts';
import { ciEntity } from '../../functions/cis/entity.ts';
import { baseShard, counterEntity, healthStateEntity } from '../../functions/data-health/entities.ts';
import { readTally } from '../../functions/data-health/read-scorecard.ts';
import type { Item } from '../../functions/store/table.ts';
import { ciNumber } from '../support/graph-world.ts';
import { quiet } from '../support/health-stream.ts';
import { healthCi } from '../support/health-world.ts';
import { memoryObjects } from '../support/memory-objects.ts';
import { type MemoryTable, memoryTable } from '../support/memory-table.ts';

const tenant = 'skyways';

const state = (n: number, failing: string[], more: Partial<HealthState> = {}): HealthState => ({
  kind: 'ci',
  id: ciNumber(n),
  class: 'application/',
  live: true,
  failing,
  names: [],
  generation: 0,
  ...more,
});
const item = (value: HealthState, version = 1): Item => healthStateEntity.toItem(tenant, value, version);
const came = (sequence: number, value: HealthState, at = '2026-06-01T00:00:00.000Z'): ShardChange => ({
  sequence: String(sequence),
  at,
  before: undefined,
  after: item(value),
});

const counts = async (table: MemoryTable) => countsAt(await readTally(table, tenant), () => true, '2026-06-01')[0];

describe('a counter', () => {
  const batch = [8, 9, 10, 11].map((sequence) => came(sequence, state(sequence, ['ci-owner'])));

  it('counts a record once, in whatever batches it comes again, also when sequence numbers grow longer', async () => {
    const table = memoryTable();
    for (const [from, to] of [
      [0, 2],
      [0, 4],
      [1, 3],
      [3, 4],
      [0, 4],
    ] as const)
      await countHealth(table, 'shard-1', batch.slice(from, to));
    expect(await counts(table)).toEqual({ class: 'application/', records: 4, failing: { 'ci-owner': 4 } });
  });

  it('of another shard counts for itself, though its sequence numbers are lower', async () => {
    const table = memoryTable();
    await countHealth(table, 'shard-2', [came(99, state(99, []))]);
    await countHealth(table, 'shard-1', batch);
    expect(await counts(table)).toMatchObject({ records: 5 });
  });

  it('costs one write for each slot, however many records a batch has', async () => {
    let writes = 0;
    const table = memoryTable(() => {
      writes += 1;
    });
    await countHealth(
      table,
      'shard-1',
      Array.from({ length: 300 }, (_, n) => came(n, state(n, ['ci-owner', 'ci-name']))),
    );
    expect(writes).toBe(1);
  });

  it('of a shard that is closed for good goes into the base, and the sum stays', async () => {
    const table = memoryTable();
    const days = ['2026-06-01', '2026-06-02', '2026-06-09', '2026-06-10'];
    for (const [n, day] of days.entries())
      for (let m = 0; m < 16; m += 1)
        await countHealth(table, `shard-${day}-${m}`, [
          came(n, state(n * 16 + m, ['ci-owner']), `${day}T00:00:00.000Z`),
        ]);
    const counters = table.items().filter(({ e }) => e === counterEntity.name);
    const shards = counters.map((one) => counterEntity.fromItem(one).value.shard);
    expect(shards.filter((shard) => shard.startsWith('shard-2026-06-01'))).toEqual([]);
    expect(shards.filter((shard) => shard.startsWith('shard-2026-06-10'))).toHaveLength(16);
    expect(shards).toContain(baseShard);
    expect(await counts(table)).toEqual({ class: 'application/', records: 64, failing: { 'ci-owner': 64 } });
  });
});

describe('a batch of the stream', () => {
  const record = (sequence: string, after: Item) => ({
    eventName: 'INSERT' as const,
    dynamodb: { SequenceNumber: sequence, ApproximateCreationDateTime: 1780000000, NewImage: marshall(after) },
  });
  const event = (...records: ReturnType<typeof record>[]) =>
    ({ Records: records, shardId: 'shard-1' }) as DynamoDBStreamEvent;
  const context = {} as Context;

  it('without the name of its shard is refused: it could not be counted exactly once', async () => {
    const handler = handleChanges({ table: memoryTable(), data: memoryObjects().store, log: quiet });
    await expect(handler({ Records: [] }, context)).rejects.toThrow(/tumbling window/);
  });

  it('with an item that cannot be read passes over it, and judges the others', async () => {
    const table = memoryTable();
    const good = ciEntity.toItem(tenant, healthCi(1), 1);
    const bad = { ...ciEntity.toItem(tenant, healthCi(2), 1), d: { class: 'zeppelin', facets: {} } };
    const torn = { ...item(state(3, [])), d: { failing: 'all' } };
    for (const one of [good, bad, torn]) table.put(JSON.parse(JSON.stringify(one)));
    const told: unknown[] = [];
    const handler = handleChanges({
      table,
      data: memoryObjects().store,
      log: { error: (...line) => void told.push(line) },
    });
    const plain = JSON.parse(JSON.stringify([good, bad, torn])) as Item[];
    const answer = await handler(event(...plain.map((one, n) => record(String(n), one))), context);
    expect(answer).toEqual({ batchItemFailures: [], state: {} });
    expect(told).toHaveLength(1);
    expect(await table.get(healthStateEntity.keyOf(tenant, ciNumber(1)))).toMatchObject({ v: 1 });
    expect(await table.get(healthStateEntity.keyOf(tenant, ciNumber(2)))).toBeUndefined();
  });
});

describe('a condition', () => {
  const condition = (
    operator: Condition['operator'],
    value?: Condition['value'],
    whenMissing: 'fails' | 'passes' = 'fails',
  ) => ({ attribute: 'a', operator, whenMissing, ...(value === undefined ? {} : { value }) }) satisfies Condition;
  it.each([
    ['equals', 'Oslo', 'OSLO', 'Bergen'],
    ['equals', 8, 8, 9],
    ['not-equals', 'oslo', 'bergen', 'Oslo'],
    ['in', ['a', 'b'], 'B', 'c'],
    ['not-in', ['a', 'b'], 'c', 'B'],
    ['starts-with', 'win', 'Windows 11', 'Darwin'],
    ['contains', 'dows', 'Windows 11', 'Darwin'],
    ['at-least', 10, 10.5, 9],
    ['at-least', '2026-01-01', '2026-05-03', '2025-12-31'],
    ['at-most', 64, 9, 128],
  ] as const)('%s %j holds for %j, not for %j', (operator, value, good, bad) => {
    const one = condition(operator, Array.isArray(value) ? [...value] : (value as string | number));
    expect([holds(one, good), holds(one, bad), holds(one, undefined)]).toEqual([true, false, false]);
    expect(holds({ ...one, whenMissing: 'passes' }, undefined)).toBe(true);
  });

  it('asks whether there is anything', () => {
    expect([holds(condition('present'), 'x'), holds(condition('present'), undefined)]).toEqual([true, false]);
    expect([holds(condition('absent'), 'x'), holds(condition('absent'), undefined)]).toEqual([false, true]);
  });

  it('of a list holds when one of its texts fits', () => {
    expect(holds(condition('equals', 'b'), ['a', 'B'])).toBe(true);
    expect(holds(condition('not-in', ['b']), ['a', 'B'])).toBe(false);
  });
});
