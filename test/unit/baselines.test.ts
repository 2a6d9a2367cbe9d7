import { describe, expect, it } from '@jest/globals';
import { startFleet } from '../support/fleet.ts';

type Diff = { change: string; ciId: string; fields?: object[]; edges?: { change: string }[]; binding?: object };

const world = () => {
  const fleet = startFleet();
  const { ask, call } = fleet;
  const freeze = async (scope: object, more: object = {}) => {
    const { body, status } = await call('createBaseline', { body: { name: 'spring timetable', scope, ...more } });
    if (status !== 201) throw new Error(JSON.stringify(body));
    return body;
  };
  const diff = async (baselineId: string, against = 'now'): Promise<Diff[]> => {
    const found: Diff[] = [];
    for (let cursor: string | undefined; ; ) {
      const query = { against, limit: '2', ...(cursor === undefined ? {} : { cursor }) };
      const page = await ask('diffBaseline', { path: { baselineId }, query });
      found.push(...page.items);
      cursor = page.nextCursor;
      if (cursor === undefined) return found;
    }
  };
  return { ...fleet, freeze, diff };
};

describe('a baseline', () => {
  it('keeps what a query showed, and tells what has changed since', async () => {
    const { ci, relate, call, ask, freeze, diff, asset } = world();
    const [web, db, old, pos] = [await ci('web-1'), await ci('db-1'), await ci('old-1'), await ci('pos-1', 'printer')];
    await relate(web, 'depends on', db);
    const baseline = await freeze({ class: 'server' });
    expect(baseline).toMatchObject({ status: 'ready', counts: { cis: 3, edges: 2, bindings: 0 }, segments: 1 });
    const { items } = await ask('listBaselineItems', { path: { baselineId: baseline.baselineId } });
    expect(items.map(({ ciId }: Diff) => ciId).sort()).toEqual([web, db, old].sort());
    expect(await diff(baseline.baselineId)).toEqual([]);
    expect(await diff(baseline.baselineId, baseline.baselineId)).toEqual([]);

    await call('editCi', { path: { ciId: web }, body: { owner: 'Kim' }, headers: { 'if-match': '"v1"' } });
    await call('editCi', { path: { ciId: old }, body: { status: 'retired' }, headers: { 'if-match': '"v1"' } });
    const cache = await ci('cache-1');
    await relate(web, 'depends on', cache);
    const assetId = await asset();
    expect((await call('createBinding', { body: { assetId, ciId: web } })).status).toBe(201);
    const found = await diff(baseline.baselineId);
    expect(found.map(({ change, ciId }) => [change, ciId]).sort()).toEqual(
      [
        ['changed', web],
        ['removed', old],
        ['added', cache],
      ].sort(),
    );
    const changed = found.find(({ ciId }) => ciId === web);
    expect(changed?.fields).toEqual([{ field: 'owner', after: { value: 'Kim', source: 'manual' } }]);
    expect(changed?.edges).toMatchObject([{ change: 'added', after: { from: web, to: cache } }]);
    expect(changed?.binding).toMatchObject({ after: { assetId } });
    expect(pos).toBeDefined();

    const later = await freeze({ class: 'server' });
    expect(await diff(baseline.baselineId, later.baselineId)).toEqual(found);
    const past = await freeze({ class: 'server' }, { asOf: baseline.asOf });
    expect(await diff(past.baselineId, baseline.baselineId)).toEqual([]);
  });

  it('of a service holds the service and all that carries it, down to a depth', async () => {
    const { ci, relate, ask, freeze, diff, call } = world();
    const service = await ci('Check-in', 'business-service');
    const [app, host, other] = [await ci('DCS', 'application'), await ci('dcs1'), await ci('dcs2')];
    await relate(service, 'depends on', app);
    await relate(app, 'runs on', host);
    const whole = await freeze({ service });
    const near = await freeze({ service, depth: 1 });
    expect([whole.counts.cis, near.counts.cis]).toEqual([3, 2]);
    expect(await ask('listBaselines')).toMatchObject({ items: [near, whole] });
    await relate(app, 'runs on', other);
    expect((await diff(whole.baselineId)).map(({ change, ciId }) => [change, ciId])).toEqual([
      ['changed', app],
      ['added', other],
    ]);
    const [rack, monitor] = [await ci('sw-1', 'network-device'), await ci('wall', 'peripheral')];
    await relate(host, 'connected to', rack);
    await relate(monitor, 'connected to', rack);
    expect((await freeze({ service })).counts.cis).toBe(4);
    const nowhere = { name: 'x', scope: { service: `ci_${'q'.repeat(26)}` } };
    expect((await call('createBaseline', { body: nowhere })).status).toBe(404);
  });

  it('is retired, not deleted; and is made once by a request that comes twice', async () => {
    const { ci, ask, call, freeze } = world();
    await ci('web-1');
    const request = { body: { name: 'x', scope: {} }, headers: { 'idempotency-key': 'once' } };
    const [first, second] = [await call('createBaseline', request), await call('createBaseline', request)];
    expect(second.body).toEqual(first.body);
    const path = { baselineId: first.body.baselineId };
    expect((await call('retireBaseline', { path })).status).toBe(428);
    const retired = await call('retireBaseline', { path, headers: { 'if-match': '"v1"' } });
    expect(retired.body).toMatchObject({ status: 'retired', counts: first.body.counts });
    expect((await ask('listBaselineItems', { path })).items).toHaveLength(1);
    expect((await ask('listBaselines', { query: { status: 'ready' } })).items).toEqual([]);
    expect((await call('continueBaseline', { path: { baselineId: (await freeze({})).baselineId } })).status).toBe(409);
    const future = { name: 'x', scope: {}, asOf: '2099-01-01T00:00:00Z' };
    expect((await call('createBaseline', { body: future })).body.errors[0].pointer).toBe('#/body/asOf');
    const asRival = { path, tenant: 'rivals' };
    expect((await call('getBaseline', asRival)).status).toBe(404);
    expect((await call('listBaselineItems', asRival)).status).toBe(404);
    expect((await call('diffBaseline', { ...asRival, query: { against: 'now' } })).status).toBe(404);
    const rivals = (await call('createBaseline', { body: { name: 'x', scope: {} }, tenant: 'rivals' })).body;
    expect(rivals.counts.cis).toBe(0);
    expect((await call('diffBaseline', { path, query: { against: rivals.baselineId } })).status).toBe(404);
    const errorsOf = async (scope: unknown) =>
      (await call('createBaseline', { body: { name: 'x', scope } })).body.errors as {
        pointer: string;
        detail: string;
      }[];
    const service = `ci_${'q'.repeat(26)}`;
    expect(await errorsOf({ service, class: 'server' })).toEqual([
      { pointer: '#/body/scope/class', detail: 'Unknown, or set by the server only.' },
    ]);
    expect((await errorsOf({ class: 'server', colour: 'red' }))[0]?.pointer).toBe('#/body/scope/colour');
    expect((await call('diffBaseline', { path })).body.errors).toEqual([
      { pointer: '#/query/against', detail: 'Send now, or the id of another baseline.' },
    ]);
  });
});
