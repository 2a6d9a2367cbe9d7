import { describe, expect, it } from '@jest/globals';
import { mostEntries } from '../../domain/software/installs.ts';
import { productOf } from '../../domain/software/product.ts';
import { mostVersions, showProduct } from '../../domain/software/product-view.ts';
import { countSoftware } from '../../functions/aggregate/count-software.ts';
import { groupsOf, softwareMoves } from '../../functions/aggregate/software-moves.ts';
import type { ObjectStore } from '../../functions/objects/object-store.ts';
import { softwareCounterEntity } from '../../functions/software/entities.ts';
import type { Item } from '../../functions/store/table.ts';
import { startApp } from '../support/app.ts';
import { memoryObjects } from '../support/memory-objects.ts';
import { memoryTable } from '../support/memory-table.ts';
import { allProducts, ciWithSoftware, type Row } from '../support/software-world.ts';

describe('a row of a software list', () => {
  it.each([
    ['  Gate   Agent ', undefined, 'Gate Agent'],
    ['7-Zip 23.01 (x64)', '23.01', '7-Zip'],
    ['Python 3.11.4 (64-bit)', '3.11.4150.0', 'Python'],
    ['Rosterwing (x64 en-GB)', '9', 'Rosterwing'],
    ['Runtime 2015-2022 Redistributable (x64) - 14.38.33135', '14.38.33135.0', 'Runtime 2015-2022 Redistributable'],
    ['Crew Portal v2.4', undefined, 'Crew Portal'],
    ['Crew Portal 7', '7', 'Crew Portal'],
    ['Office 2019', '16.0', 'Office 2019'],
    ['libgate6', '1.2-3', 'libgate6'],
    ['Planner (Preview)', undefined, 'Planner (Preview)'],
    ['3.11', '3.11', '3.11'],
    [' 1.5', '1.5', '1.5'],
    [7, undefined, '7'],
  ])('called %j of version %j is the product %j', (name, version, product) => {
    expect(productOf({ name, version })?.name).toBe(product);
    expect(productOf({ name: String(name).toUpperCase(), version })?.key).toBe(product.toLowerCase());
  });

  it.each([[null], ['text'], [{}], [{ name: ' ' }], [{ name: { a: 1 } }], [{ name: '__proto__' }]])(
    'that is %j is no product',
    (row) => expect(productOf(row)).toBeUndefined(),
  );
});

describe('a product', () => {
  it('is shown as most CIs have it, with the versions installed most and the rest summed up', () => {
    const versions = Array.from({ length: mostVersions + 3 }, (_, n): [string, number] => [`v${n}.0`, 100 - n]);
    const shown = showProduct(
      new Map([['*', 9], ['nGATE', 4], ['nGate', 5], ['pSky', 2], ['pSkyways', 7], ...versions] as [string, number][]),
    );
    expect(shown).toMatchObject({ name: 'Gate', publisher: 'Skyways', installs: 9 });
    expect(shown?.versions).toHaveLength(mostVersions);
    expect(shown?.versions[0]).toEqual({ version: '0.0', installs: 100 });
    expect(shown?.otherVersions).toEqual({ versions: 3, installs: 80 + 79 + 78 });
    expect(
      showProduct(
        new Map([
          ['*', 0],
          ['nGate', 1],
        ]),
      ),
    ).toBeUndefined();
  });
});

const startCounting = () => {
  const objects = memoryObjects();
  const table = memoryTable();
  let reads = 0;
  let sequence = 0;
  const told: unknown[] = [];
  const data: ObjectStore = {
    ...objects.store,
    get: (key) => {
      reads += 1;
      return objects.store.get(key);
    },
  };
  const log = { error: (...line: unknown[]) => void told.push(line) };
  const changeOf = (before: Item | undefined, after: Item | undefined, at = '2026-06-01T00:00:00.000Z') => {
    sequence += 1;
    return { sequence: String(sequence), at, before, after };
  };
  const count = (changes: ReturnType<typeof changeOf>[], shard = 'shard-1') =>
    countSoftware({ table, data, log }, shard, changes);
  const ci = (n: number, lists: Record<string, Row[]>, more: object = {}) =>
    ciWithSoftware(objects.store, n, lists, more);
  return { objects, table, told, reads: () => reads, changeOf, count, ci };
};

describe('counting software', () => {
  it('reads nothing for what is unchanged, and nothing again for what a shard has counted', async () => {
    const { table, reads, changeOf, count, ci } = startCounting();
    const one = await ci(1, { glpi: [{ name: 'Gate Agent', version: '1.0', publisher: 'Skyways' }] });
    const batch = [changeOf(undefined, one), changeOf(one, { ...one, v: 2 })];
    await count(batch);
    expect(reads()).toBe(1);
    await count(batch);
    await count([changeOf(one, { ...one, v: 3 })]);
    expect(reads()).toBe(1);
    expect(await allProducts(table)).toEqual([
      { name: 'Gate Agent', publisher: 'Skyways', installs: 1, versions: [{ version: '1.0', installs: 1 }] },
    ]);
    expect(await allProducts(table, { name: 'GATE  a' })).toHaveLength(1);
    expect(await allProducts(table, { name: 'agent' })).toEqual([]);
    expect((await startApp(table).call('listSoftwareProducts', { tenant: 'rivals' })).body.items).toEqual([]);
  });

  it('passes over lists that are gone, damaged or too long, tells of them, and counts the others', async () => {
    const { objects, table, told, changeOf, count, ci } = startCounting();
    const gone = await ci(1, { glpi: [{ name: 'Gone' }] });
    objects.kept.clear();
    const torn = await ci(2, { glpi: [{ name: 'Torn' }] });
    for (const [key, kept] of objects.kept) objects.kept.set(key, { ...kept, bytes: Buffer.from('[') });
    const long = await ci(3, {
      glpi: Array.from({ length: mostEntries }, (_, n) => ({ name: `Product ${n}` })),
      intune: [{ name: 'Too much' }],
    });
    const short = await ci(4, { glpi: [{ name: 'Counted' }] });
    await count([gone, torn, short].map((one) => changeOf(undefined, one)));
    expect((await allProducts(table)).map(({ name }) => name)).toEqual(['Counted']);
    expect(told).toHaveLength(2);
    await count([changeOf(undefined, long)]);
    expect(await allProducts(table, { name: 'Too' })).toEqual([]);
    expect(await allProducts(table, { name: 'product 777' })).toHaveLength(11);
    expect(told).toHaveLength(3);
  });

  it('goes on with what a slot knows when it is full, and tells of it', async () => {
    const { table, told, changeOf, count, ci } = startCounting();
    const wide = (n: number) =>
      Array.from({ length: 700 }, (_, m) => ({ name: 'Gate', version: `${n}.${m} ${'é'.repeat(48)}` }));
    const one = await ci(0, { glpi: wide(0) });
    await count([changeOf(undefined, one)]);
    for (let n = 1; n < 6; n += 1) await count([changeOf(undefined, await ci(n, { glpi: wide(n) }))]);
    const said = ['software not counted', expect.objectContaining({ reason: 'too many products' })];
    expect(told).toEqual([said, said, said]);
    expect(await allProducts(table)).toMatchObject([{ name: 'Gate', installs: 6 }]);
    await count([changeOf(one, { ...(await ci(0, {})), v: 2 })]);
    expect(await allProducts(table)).toMatchObject([{ name: 'Gate', installs: 5 }]);
  });

  it('holds no more entries at once than fit a worker, and keeps the order', async () => {
    const { changeOf, ci } = startCounting();
    const rows = (length: number) => Array.from({ length }, (_, n) => ({ name: `P${n}` }));
    const sizes = [...Array.from({ length: 40 }, () => 3), 15_000, 15_000, 15_000, 15_000, 15_000, 15_000, 15_000, 1];
    const items = await Promise.all(sizes.map((size, n) => ci(n, { glpi: rows(size) })));
    const moves = softwareMoves(items.map((one) => changeOf(undefined, one)));
    const groups = groupsOf(moves);
    expect(groups.flat()).toEqual(moves);
    expect(groups.map((group) => group.length)).toEqual([32, 14, 2]);
    expect(groupsOf([])).toEqual([]);
  });

  it('waits for a bucket that does not answer: the batch comes again', async () => {
    const { table, changeOf, ci } = startCounting();
    const data = { ...memoryObjects().store, get: () => Promise.reject(new Error('slow down')) };
    const changes = [changeOf(undefined, await ci(1, { glpi: [{ name: 'Gate' }] }))];
    const counting = countSoftware({ table, data, log: { error: () => {} } }, 'shard-1', changes);
    await expect(counting).rejects.toThrow('slow down');
    expect(table.items()).toEqual([]);
  });

  it('of shards that are closed for good goes into the base, and the sum stays', async () => {
    const { table, changeOf, count, ci } = startCounting();
    for (let n = 0; n < 8; n += 1) {
      const at = `2026-06-${String(1 + n * 2).padStart(2, '0')}T00:00:00.000Z`;
      await count([changeOf(undefined, await ci(n, { glpi: [{ name: 'Gate', version: '1' }] }), at)], `shard-${n}`);
    }
    const counters = table.items().filter(({ e }) => e === softwareCounterEntity.name);
    expect(counters.length).toBeLessThanOrEqual(2 * 3);
    expect(await allProducts(table)).toMatchObject([{ installs: 8, versions: [{ version: '1', installs: 8 }] }]);
  });
});
