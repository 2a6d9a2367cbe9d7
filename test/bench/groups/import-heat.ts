import { tableIndexes } from '../../../functions/store/contracts.ts';
import type { Item, Table, Write } from '../../../functions/store/table.ts';
import { memoryTable } from '../../support/memory-table.ts';
import { atMost, type Metric, told } from '../metric.ts';
import { deviceJson, fleetFile } from './import-fleet.ts';
import { benchRig } from './import-rig.ts';

const recordsPerSecond = 16_000;
const unitSize = 1024;

/** The size of a value as DynamoDB counts it. */
const sizeOf = (value: unknown): number => {
  if (typeof value === 'string') return Buffer.byteLength(value);
  if (typeof value === 'number') return Math.ceil(String(value).length / 2) + 1;
  if (Array.isArray(value)) return value.reduce((sum: number, one) => sum + sizeOf(one) + 1, 3);
  if (typeof value !== 'object' || value === null) return 1;
  return Object.entries(value).reduce((sum, [name, one]) => sum + name.length + sizeOf(one) + 1, 3);
};
const unitsOf = (item: Item): number => Math.ceil((sizeOf(item) - 3) / unitSize);

/** A table that books on every key of the table and of its indexes what each write to it costs. */
const bookedTable = () => {
  const booked = new Map<string, number>();
  const book = (key: string, units: number) => booked.set(key, (booked.get(key) ?? 0) + units);
  const inner = memoryTable((before, after) => {
    for (const [name, { partition, sort }] of Object.entries(tableIndexes)) {
      const [was, is] = [before, after].map((item) => item?.[partition] && `${item[partition]}\n${item[sort]}`);
      if (was === is) continue;
      for (const [item, key] of [
        [before, was],
        [after, is],
      ] as const)
        if (key !== undefined && item !== undefined) book(`${name} ${item[partition]}`, 1);
    }
  });
  const charge = (writes: readonly Write[], times: number) => {
    for (const write of writes) {
      if ('put' in write) book(write.put.pk, times * unitsOf(write.put));
      else book(write.remove.pk, times);
    }
  };
  const table: Table = {
    ...inner,
    transact: (writes) => {
      charge(writes, 2);
      return inner.transact(writes);
    },
    writeEach: (writes) => {
      charge(writes, 1);
      return inner.writeEach(writes);
    },
  };
  return { table, booked };
};

/** Keys by what they are of, so that a reader sees which kind is hot: ids and numbers are taken out. */
const kindOf = (key: string): string =>
  key
    .replace(/(?:ast|ci|run|bnd|rel)_[a-z2-7_]+/g, (id) => id.slice(0, id.indexOf('_')))
    .replace(/#\d+$/, '#n')
    .replace(/^(\w+ )?skyways#/, '$1')
    .replace(/^I#.*/, 'claim');

/** Write units per key and second of an initial import at 16,000 records a second, were DynamoDB as fast: exact units, simulated clock. */
export async function* measureHeat(records: number): AsyncGenerator<Metric> {
  const { table, booked } = bookedTable();
  const rig = benchRig(table);
  await rig.plan(() => fleetFile(records), records * deviceJson(0).length);
  await rig.work();
  const seconds = records / recordsPerSecond;
  const hottest = new Map<string, number>();
  for (const [key, units] of booked) {
    const kind = kindOf(key);
    hottest.set(kind, Math.max(hottest.get(kind) ?? 0, units / seconds));
  }
  const sorted = [...hottest].filter(([kind]) => !/^(?:claim|ast|ci)$/.test(kind)).sort(([, a], [, b]) => b - a);
  for (const [kind, units] of sorted.slice(0, 5))
    yield told(`import.heat.${kind.replaceAll(' ', ':')}`, units, 'units/s');
  yield atMost('import.heat.hottestKey', sorted[0]?.[1] ?? 0, 'units/s', 1000);
}
