import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp } from '../support/app.ts';
import { dynamoForTests } from '../support/dynamo-for-tests.ts';
import { walkPages } from '../support/walk-pages.ts';

let dynamo: Awaited<ReturnType<typeof dynamoForTests>>;
beforeAll(async () => {
  dynamo = await dynamoForTests();
});
afterAll(() => dynamo.stop());

const kiosk = {
  class: 'kiosk',
  label: 'Kiosk',
  extends: 'computer',
  attributes: { gate: { type: 'text', max: 4 }, width: { type: 'integer', unit: 'mm' } },
};

const world = async () => {
  const app = startApp(await dynamo.emptyTable());
  const make = async (name: string, ciClass: string) =>
    (await app.call('createCi', { body: { class: ciClass, name } })).body.ciId as string;
  const edit = (ciId: string, version: number, body: object) =>
    app.call('editCi', { path: { ciId }, body, headers: { 'if-match': `"v${version}"` } });
  return { ...app, make, edit };
};

describe('the model on the real DynamoDB protocol', () => {
  it('is made, changed and used, and lists a class with those below it in pages', async () => {
    const { call, make } = await world();
    expect((await call('createCiClass', { body: kiosk })).status).toBe(201);
    for (let n = 0; n < 30; n += 1) {
      await make(`ci ${n}`, (['device', 'computer', 'kiosk', 'server', 'application'] as const)[n % 5] ?? '');
    }
    const named = async (ciClass: string) =>
      (await walkPages(call, 'listCis', { query: { class: ciClass, limit: '4' } })).flatMap(({ items }) => items);
    expect(await named('device')).toHaveLength(24);
    expect((await named('computer')).map((one) => one.class)).toEqual(
      [...Array(6).fill('computer'), ...Array(6).fill('kiosk'), ...Array(6).fill('server')].sort(),
    );
    expect(await named('kiosk')).toHaveLength(6);
    const path = { class: 'kiosk' };
    const read = await call('getCiClass', { path });
    const changed = await call('putCiClass', {
      path,
      body: { attributes: {} },
      headers: { 'if-match': read.headers.etag ?? '' },
    });
    expect(changed.body.attributes.find(({ name }: { name: string }) => name === 'gate')).toMatchObject({
      retired: true,
    });
  });

  it('costs a request little, and nothing where it is not asked', async () => {
    const { call, make, edit, table } = await world();
    await call('createCiClass', { body: kiosk });
    const ciId = await make('k1', 'kiosk');
    const spent = async (version: number, body: object) => {
      const [units, trips] = [table.meter.readUnits, table.meter.roundTrips];
      expect((await edit(ciId, version, body)).status).toBe(200);
      return { units: table.meter.readUnits - units, trips: table.meter.roundTrips - trips };
    };
    const plain = await spent(1, { name: 'k2' });
    const typed = await spent(2, { attributes: { gate: 'B2' } });
    const again = await spent(3, { name: 'k3' });
    expect(typed.units - plain.units).toBeLessThanOrEqual(1.5);
    expect(typed.trips - again.trips).toBe(1);
    expect(typed.units).toBeGreaterThan(again.units);
  });

  it('lets one of many racing writers win: of a class, of a host', async () => {
    const { call, make } = await world();
    const classes = await Promise.all(Array.from({ length: 6 }, () => call('createCiClass', { body: kiosk })));
    expect(classes.map(({ status }) => status).sort()).toEqual([201, ...Array(5).fill(409)]);
    const vm = await make('vm', 'virtual-machine');
    const hosts = await Promise.all(Array.from({ length: 8 }, (_, n) => make(`host ${n}`, 'server')));
    const relate = (to: string, more: object = {}) =>
      call('createRelationship', { body: { type: 'runs on', from: vm, to, ...more } });
    const raced = await Promise.all(hosts.map((host) => relate(host)));
    expect(raced.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(raced.every(({ status }) => [201, 409, 429].includes(status))).toBe(true);
    const open = async () => (await call('listCiRelationships', { path: { ciId: vm } })).body.items;
    expect(await open()).toHaveLength(1);
    const moved = await Promise.all(hosts.map((host) => relate(host, { replace: true })));
    expect(moved.some(({ status }) => status === 201)).toBe(true);
    expect(await open()).toHaveLength(1);
  });

  it('retires a CI with its relationships in one act, or refuses and writes nothing', async () => {
    const { call, make, edit } = await world();
    const [vm, host, screen] = [
      await make('vm', 'virtual-machine'),
      await make('host', 'server'),
      await make('s', 'peripheral'),
    ];
    for (const [type, from] of [
      ['runs on', vm],
      ['attached to', screen],
    ]) {
      await call('createRelationship', { body: { type, from, to: host } });
    }
    const foretold = (await call('listCiDependents', { path: { ciId: host } })).body;
    expect(foretold).toMatchObject({ mayRetire: false, counts: { refuse: 1, close: 1, keep: 0, dependents: 1 } });
    expect((await edit(host, 1, { status: 'retired' })).status).toBe(409);
    expect((await edit(vm, 1, { status: 'retired' })).status).toBe(200);
    expect((await edit(host, 1, { status: 'retired' })).status).toBe(200);
    expect((await call('listCiRelationships', { path: { ciId: host } })).body.items).toEqual([]);
  });
});
