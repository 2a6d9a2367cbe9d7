import { addNumbers } from '../../domain/health/tally.ts';
import { baseShard, counterEntity, counterPrefix, type HealthCounter } from '../data-health/entities.ts';
import { ofTenant } from '../store/entity.ts';
import { readAll } from '../store/read-all.ts';
import { type Table, type Write, WriteConflict } from '../store/table.ts';
import { type Counters, fits } from './count-dues.ts';

/** A shard lives for about four hours and its records for a day: what was not written for two days is not written any more. */
const closedAfterMs = 48 * 3_600_000;
const mostAtOnce = 40;

type Place = Pick<HealthCounter, 'lane' | 'shard' | 'at'> & { tenant: string };

/**
 * Adds the counters of shards that are closed for good to the base of their lane, a transaction each time, so that there are never more items
 * than a few days' shards make. Whoever loses against another leaves it to the next.
 */
export const foldClosedShards = async (table: Table, { tenant, lane, shard, at }: Place): Promise<void> => {
  const pk = ofTenant(tenant, `${counterPrefix}${lane}`);
  await foldPartition(table, counterEntity, pk, { tenant, lane, shard, at });
};

/** The same for one partition of counters of either kind. */
export const foldPartition = async (
  table: Table,
  counters: Counters,
  pk: string,
  { tenant, lane, shard, at }: Place,
): Promise<void> => {
  const before = new Date(Date.parse(at) - closedAfterMs).toISOString();
  const stored = (await readAll(table, { pk, consistent: true })).map(counters.fromItem);
  const bases = new Map(stored.filter(({ value }) => value.shard === baseShard).map((one) => [one.value.slot, one]));
  const closed = stored
    .filter(({ value }) => value.shard !== baseShard && value.shard !== shard && value.at < before)
    .slice(0, mostAtOnce);
  const slots = [...new Set(closed.map(({ value }) => value.slot))];
  const writes = slots.map((slot): Write => {
    const base = bases.get(slot);
    const added = closed
      .filter(({ value }) => value.slot === slot)
      .flatMap(({ value }) => Object.entries(value.numbers));
    const numbers = addNumbers(base?.value.numbers ?? {}, added);
    const next = { lane, slot, shard: baseShard, last: '', at, numbers };
    return { put: counters.toItem(tenant, next, (base?.version ?? 0) + 1), expect: base?.version ?? 'absent' };
  });
  const removes = closed.map(
    ({ value, version }): Write => ({ remove: counters.keyOf(tenant, value), expect: version }),
  );
  const isFull = writes.some((write) => 'put' in write && !fits(counters.fromItem(write.put).value.numbers));
  if (writes.length === 0 || isFull) return;
  try {
    await table.transact([...writes, ...removes]);
  } catch (error) {
    if (!(error instanceof WriteConflict)) throw error;
  }
};
