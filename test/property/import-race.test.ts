import { describe, expect, it } from '@jest/globals';
import { type Table, type Write, WriteConflict } from '../../functions/store/table.ts';
import { checkEstate, checkNow } from '../support/import-check.ts';
import { agentJson, bookCsv, type Machine, seeded, shuffled } from '../support/import-fleet.ts';
import { slowly } from '../support/import-race.ts';
import { discovered } from '../support/import-records.ts';
import { importRig } from '../support/import-rig.ts';
import { digestOf, shapeOf } from '../support/import-state.ts';
import { type MemoryTable, memoryTable } from '../support/memory-table.ts';

const seeds = Array.from({ length: 200 }, (_, n) => n + 1);
const storedAt = '2026-11-20T06:00:00.000Z';
const seenAt = '2026-11-20 06:00:00';

type Upload = { source: string; content: string };
const seen = (source: string, machine: Machine): Upload => ({ source, content: agentJson({ seenAt, ...machine }) });
const booked = (source: string, ...rows: Parameters<typeof bookCsv>[0]): Upload => ({ source, content: bookCsv(rows) });

/** Each list of uploads goes its way at the same time as the others, with waits that the seed decides. */
const atOnce = async (
  seed: number,
  lists: Upload[][],
  table: MemoryTable = memoryTable(),
  guard = (inner: Table) => inner,
) => {
  const random = seeded(seed);
  const ways = lists.map(async (list, way) => {
    const wrap = slowly(random);
    const rig = importRig(table, { ...wrap, table: (inner) => guard(wrap.table(inner)) });
    for (const [n, { source, content }] of shuffled(list, random).entries()) {
      await rig.importFile(source, `${way}-${n}`, content, {}, storedAt);
    }
  });
  await Promise.all(ways);
  return table.items();
};

const guests = [{ name: 'guest-1', uuid: '7d3c2b1a-0000-4000-8000-000000000011' }];
const machines: Machine[] = [1, 2, 3].map((n) => ({
  name: `sky-lt-${n}`,
  serial: `RACE100${n}`,
  macs: [`a4:bb:6d:00:02:0${n}`],
  ...(n === 1 ? { guests } : {}),
}));
const rows = machines.map(({ serial = '' }, n) => ({
  'Asset Tag': `SKY-7${n}`,
  'Serial Number': serial,
  Manufacturer: 'Dell',
}));

describe('the same devices uploaded by three sources at the same moment', () => {
  const lists = () => [
    [booked('register', ...rows)],
    machines.map((machine) => seen('agents', machine)),
    machines.map((machine) => seen('scanner', machine)),
  ];
  it('become one asset, one CI and one binding each, ids and content equal in every interleaving', async () => {
    const [reference] = await Promise.all([
      atOnce(
        0,
        lists()
          .slice(0, 1)
          .concat([lists().slice(1).flat()]),
      ),
    ]);
    for (const seed of seeds) {
      const items = await atOnce(seed, lists());
      expect({ seed, faults: checkEstate(items) }).toEqual({ seed, faults: [] });
      expect({ seed, shape: shapeOf(items) }).toEqual({ seed, shape: shapeOf(reference) });
      expect({ seed, state: digestOf(items) }).toEqual({ seed, state: digestOf(reference) });
    }
  }, 300_000);
  it('would become twins if a claim could be taken twice', async () => {
    const unguarded = (inner: Table): Table => {
      const claimed = (write: Write): Write =>
        'put' in write && write.put.e === 'claim' ? { ...write, expect: 'any' } : write;
      return { ...inner, transact: (writes) => inner.transact(writes.map(claimed)) };
    };
    // One is known by serial and address, the other by address alone: only the claim of the address tells them that they are one.
    const pair = [
      [seen('agents', { name: 'a', serial: 'TWIN0001', macs: ['a4:bb:6d:00:03:01'] })],
      [seen('scanner', { name: 'a', macs: ['a4:bb:6d:00:03:01'] })],
    ];
    const counts = async (guard?: (inner: Table) => Table) => {
      const found = new Set<number>();
      for (const seed of seeds.slice(0, 40)) {
        const items = await atOnce(seed, pair, memoryTable(), guard);
        found.add(items.filter(({ e }) => e === 'ci').length);
      }
      return [...found].sort();
    };
    expect(await counts()).toEqual([1]);
    expect(await counts(unguarded)).toContain(2);
  });
});

describe('a reader at any moment', () => {
  /** Looks at the table after every write, and lets every third transaction meet somebody else. */
  const watched = async (seed: number, guard = (inner: Table) => inner) => {
    const table = memoryTable();
    const seenFaults = new Set<string>();
    const look = <T>(result: T): T => {
      for (const fault of checkNow(table.items())) seenFaults.add(fault);
      return result;
    };
    let transactions = seed;
    const disturbed = (inner: Table): Table => ({
      ...inner,
      writeEach: (writes) => inner.writeEach(writes).then(look),
      transact: async (writes) => {
        transactions += 1;
        if (transactions % 3 === 0) throw new WriteConflict([]);
        return inner.transact(writes).then(look);
      },
    });
    const rig = importRig(table, { ...slowly(seeded(seed)), table: (inner) => guard(disturbed(inner)) });
    const alike = machines.flatMap((machine, n) => [machine, { ...machine, name: `again-${n}` }]);
    const records = alike.map(({ name, serial = '', macs = [] }) =>
      discovered({
        nativeKey: name,
        identifiers: [
          { type: 'serial', value: serial, qualifier: 'Dell' },
          ...macs.map((value) => ({ type: 'mac' as const, value })),
        ],
      }),
    );
    await rig.importRecords('agents', 'a', records);
    return [...seenFaults];
  };

  it('sees no claim without its holder, no half of a binding, and no source entry of what is not there', async () => {
    for (const seed of [0, 1, 2]) expect(await watched(seed)).toEqual([]);
  });
  it('would, if transactions were not', async () => {
    const torn = (inner: Table): Table => ({
      ...inner,
      transact: async (writes) => {
        for (const write of writes) await inner.transact([write]);
      },
    });
    const [fault] = (await Promise.allSettled([watched(1, torn)])).flatMap((one) =>
      one.status === 'fulfilled' ? one.value : ['lost'],
    );
    expect(fault).toBeDefined();
  });
});

describe('two devices whose first records share something, at the same moment', () => {
  it.each<[string, Machine, Machine]>([
    [
      'an address of a dock',
      { name: 'a', serial: 'DOCKA001', macs: ['00:e0:4c:68:4a:9d'] },
      { name: 'b', serial: 'DOCKB001', macs: ['00:e0:4c:68:4a:9d'] },
    ],
    [
      'a permanent address',
      { name: 'a', serial: 'ADDRA001', macs: ['a4:bb:6d:00:04:01'] },
      { name: 'b', serial: 'ADDRB001', macs: ['a4:bb:6d:00:04:01'] },
    ],
    [
      'a serial of two vendors',
      { name: 'a', serial: 'SAME0001', vendor: 'Dell Inc.' },
      { name: 'b', serial: 'SAME0001', vendor: 'Hewlett-Packard' },
    ],
  ])('%s: they stay two, with the same ids whoever is first', async (_what, a, b) => {
    const shapes = new Set<string>();
    for (const seed of seeds.slice(0, 70)) {
      const items = await atOnce(seed, [[seen('agents', a)], [seen('scanner', b)]]);
      expect({ seed, faults: checkEstate(items) }).toEqual({ seed, faults: [] });
      shapes.add(shapeOf(items).join('\n'));
    }
    expect(shapes.size).toBe(1);
    const [shape = ''] = shapes;
    expect(shape.match(/^asset /gm)).toHaveLength(2);
    expect(shape.match(/^ci /gm)).toHaveLength(2);
  });
});

describe('one file delivered to two planners and many workers at once', () => {
  it('is one run, counted once', async () => {
    for (const seed of seeds.slice(0, 50)) {
      const table = memoryTable();
      const rig = importRig(table, slowly(seeded(seed)));
      const event = rig.put('register', 'a', booked('register', ...rows).content);
      const [runId = ''] = await Promise.all([rig.plan(event), rig.plan(event)]);
      await Promise.all([rig.workOne(), rig.workOne(), rig.workOne()]);
      await rig.work();
      const { run, records } = await rig.read(runId);
      expect([run.status, run.counts.created, records.length]).toEqual(['completed', 3, 3]);
      expect(checkEstate(table.items())).toEqual([]);
    }
  });
});
