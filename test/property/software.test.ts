import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { productEntity, softwareCounterEntity } from '../../functions/software/entities.ts';
import type { Item } from '../../functions/store/table.ts';
import { deliveryParts } from '../support/deliveries.ts';
import { ciNumber } from '../support/graph-world.ts';
import { healthStream } from '../support/health-stream.ts';
import type { MemoryTable } from '../support/memory-table.ts';
import { allProducts, ciWithSoftware, type Row } from '../support/software-world.ts';

const row: fc.Arbitrary<Row> = fc.record({
  name: fc.constantFrom('Rosterwing', 'ROSTERWING', 'Gate Agent', 'constructor', 'Crew | App'),
  version: fc.constantFrom('1.0', '2.0', ''),
  publisher: fc.constantFrom('Skyways', 'Skyways Ltd', ''),
});
const list = fc.array(row, { maxLength: 4 });

const act = fc.record({
  n: fc.nat(3),
  status: fc.constantFrom('operational', 'operational', 'retired'),
  merged: fc.constantFrom(false, false, true),
  lists: fc.record({ glpi: list, intune: list }, { requiredKeys: [] }),
});
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never;

const delivery = fc.record(deliveryParts(25), { requiredKeys: ['shard', 'size'] });

const store = async (table: MemoryTable, item: Item): Promise<void> => {
  const before = await table.get(item);
  await table.writeEach([{ put: { ...item, v: (before?.v ?? 0) + 1 }, expect: 'any' }]);
};

/** Counted from the last state of each CI alone, by the names and versions that the acts use. */
const recount = (acts: readonly Act[]) => {
  const live = [0, 1, 2, 3].flatMap((n) => {
    const last = acts.findLast((one) => one.n === n);
    return last === undefined || last.status === 'retired' || last.merged
      ? []
      : [[...(last.lists.glpi ?? []), ...(last.lists.intune ?? [])]];
  });
  return ['constructor', 'crew app', 'gate agent', 'rosterwing'].flatMap((key) => {
    const having = (fits: (one: Row) => boolean) =>
      live.filter((rows) => rows.some((one) => one.name.toLowerCase().replace(' | ', ' ') === key && fits(one))).length;
    const installs = having(() => true);
    const versions = ['1.0', '2.0'].map((version) => ({ version, installs: having((one) => one.version === version) }));
    return installs === 0 ? [] : [{ key, installs, versions: versions.filter((one) => one.installs > 0) }];
  });
};

const shown = async (table: MemoryTable) =>
  (await allProducts(table)).map(({ name, installs, versions }) => ({
    key: name.toLowerCase(),
    installs,
    versions: [...versions].sort((a, b) => (a.version < b.version ? -1 : 1)),
  }));

describe('installations counted as software changes', () => {
  it('are what a full recount comes to, whatever crashes, comes again, comes twice at once or is divided', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(act, fc.array(delivery, { maxLength: 3 })), { minLength: 1, maxLength: 16 }),
        async (steps) => {
          const stream = healthStream();
          for (const [{ n, status, merged, lists }, deliveries] of steps) {
            const more = { status: status as 'planned', ...(merged ? { mergedInto: ciNumber(9) } : {}) };
            await store(stream.table, await ciWithSoftware(stream.objects.store, n, lists, more));
            for (const { shard, divide = false, ...how } of deliveries) {
              if (divide) stream.divide(shard);
              await stream.deliver(shard, how);
            }
          }
          await stream.drain();
          expect(await shown(stream.table)).toEqual(recount(steps.map(([one]) => one)));
          const counters = stream.table.items().filter(({ e }) => e === softwareCounterEntity.name);
          const negative = new Map<string, number>();
          for (const item of counters)
            for (const [name, by] of Object.entries(softwareCounterEntity.fromItem(item).value.numbers))
              negative.set(name, (negative.get(name) ?? 0) + by);
          expect([...negative.values()].filter((value) => value < 0)).toEqual([]);
          expect(stream.table.items().filter(({ e }) => e === productEntity.name).length).toBeLessThanOrEqual(4);
        },
      ),
      { numRuns: 100 },
    );
  });
});
