import { describe, expect, it } from '@jest/globals';
import { startApp } from '../support/app.ts';
import { relayed, tableWithStream } from '../support/import-relay.ts';
import { walkPages } from '../support/walk-pages.ts';

/** Booking runs on a guest of a host that has a screen; a twin of the host is named beside it. */
const estate = async () => {
  const { table, stream } = tableWithStream();
  const app = startApp(table);
  const ids: Record<string, string> = {};
  const make = async (name: string, ciClass: string) => {
    ids[name] = (await app.call('createCi', { body: { class: ciClass, name } })).body.ciId;
  };
  for (const [name, ciClass] of [
    ['booking', 'business-service'],
    ['vm', 'virtual-machine'],
    ['host', 'server'],
    ['twin', 'server'],
    ['screen', 'peripheral'],
  ] as const) {
    await make(name, ciClass);
  }
  const relate = (from: string, type: string, to: string) =>
    app.call('createRelationship', { body: { type, from: ids[from], to: ids[to] } });
  for (const [from, type, to] of [
    ['booking', 'depends on', 'vm'],
    ['vm', 'runs on', 'host'],
    ['screen', 'attached to', 'host'],
    ['twin', 'associated with', 'host'],
  ] as const) {
    expect((await relate(from, type, to)).status).toBe(201);
  }
  const versions: Record<string, number> = {};
  const setStatus = async (name: string, status: string) => {
    const version = versions[name] ?? 1;
    const answer = await app.call('editCi', {
      path: { ciId: ids[name] ?? '' },
      body: { status },
      headers: { 'if-match': `"v${version}"` },
    });
    if (answer.status === 200) versions[name] = version + 1;
    return answer;
  };
  const open = async (name: string) =>
    (await app.call('listCiRelationships', { path: { ciId: ids[name] ?? '' } })).body.items
      .map(({ type }: { type: string }) => type)
      .sort();
  const dependents = (name: string, query: Record<string, string> = {}) =>
    app.call('listCiDependents', { path: { ciId: ids[name] ?? '' }, query });
  const relay = () => relayed(table, stream.splice(0));
  return { ...app, table, ids, make, relate, setStatus, open, dependents, relay };
};

describe('retiring a CI', () => {
  it('is foretold: who hangs on it, what becomes of each relationship, and which services are behind', async () => {
    const { ids, dependents, call } = await estate();
    const { body } = await dependents('host');
    expect(body).toMatchObject({
      mayRetire: false,
      counts: { refuse: 1, close: 1, keep: 1, dependents: 1 },
      services: [{ ciId: ids.booking, depth: 2, name: 'booking' }],
      truncated: false,
    });
    const told = body.items.map(({ name, type, direction, depends, onRetire }: Record<string, unknown>) => [
      [name, type, direction, depends, onRetire],
    ]);
    expect(told.flat()).toEqual([
      ['vm', 'runs on', 'in', true, 'refuse'],
      ['screen', 'attached to', 'in', false, 'close'],
      ['twin', 'associated with', expect.any(String), false, 'keep'],
    ]);
    const pages = await walkPages(call, 'listCiDependents', { path: { ciId: ids.host ?? '' }, query: { limit: '1' } });
    expect(pages.flatMap(({ items }) => items)).toEqual(body.items);
    expect((await dependents('booking')).body).toMatchObject({ mayRetire: true, services: [], counts: { close: 1 } });
  });

  it('is refused while others hang on it, with the list of them and what to do', async () => {
    const { ids, setStatus, open } = await estate();
    const refused = await setStatus('host', 'retired');
    expect([refused.status, refused.body.errors]).toEqual([
      409,
      [
        {
          pointer: '#/body/status',
          detail: expect.stringMatching(new RegExp(`^vm \\(virtual-machine, ${ids.vm}\\) runs on it: rel_`)),
        },
      ],
    ]);
    expect(refused.body.fix).toContain(`/cis/${ids.host}/dependents`);
    expect(await open('host')).toHaveLength(3);
    expect((await setStatus('host', 'maintenance')).status).toBe(200);
  });

  it('closes relationships in the same act, with the reason in their history; what is kept stays', async () => {
    const { ids, setStatus, open, relay, table } = await estate();
    await relay();
    for (const name of ['booking', 'vm', 'host']) expect((await setStatus(name, 'retired')).status).toBe(200);
    expect(await open('host')).toEqual(['associated with']);
    const { events } = await relay();
    const closed = events.filter(({ type }) => type === 'RelationshipClosed').map(({ detail }) => detail.reason);
    expect(closed.sort()).toEqual(
      [`${ids.booking} was retired`, `${ids.host} was retired`, `${ids.vm} was retired`].sort(),
    );
    const before = table.items().length;
    expect((await relay()).events).toEqual([]);
    expect(table.items()).toHaveLength(before);
  });

  it('is taken back with its relationships, each when both ends are back and there is room for it', async () => {
    const { ids, setStatus, open, relay, relate } = await estate();
    for (const name of ['booking', 'vm', 'host']) await setStatus(name, 'retired');
    await relay();
    await setStatus('booking', 'operational');
    await relay();
    expect(await open('booking')).toEqual([]);
    await setStatus('host', 'operational');
    await relay();
    expect(await open('host')).toEqual(['associated with', 'attached to']);
    await setStatus('vm', 'operational');
    await relay();
    await relay();
    expect(await open('vm')).toEqual(['depends on', 'runs on']);
    await setStatus('vm', 'maintenance');
    expect((await relate('vm', 'runs on', 'twin')).body.errors[0].detail).toContain(ids.host);
  });

  it('leaves a relationship closed whose place another has taken', async () => {
    const { setStatus, open, relay, relate, ids, table, call } = await estate();
    await setStatus('screen', 'retired');
    await relay();
    await setStatus('screen', 'planned');
    expect((await relate('screen', 'attached to', 'twin')).status).toBe(201);
    await relay();
    await relay();
    expect(await open('host')).toEqual(['associated with', 'runs on']);
    expect(await open('screen')).toEqual(['attached to']);
    const { body } = await call('listCiRelationships', { path: { ciId: ids.screen ?? '' } });
    expect(body.items).toMatchObject([{ to: ids.twin }]);
    expect(table.items().length).toBeGreaterThan(0);
  });

  it('closes what does not fit into one transaction by the relay, once, however often it is told', async () => {
    const { make, relate, setStatus, open, relay, call, ids, table } = await estate();
    await make('cluster', 'network');
    for (let n = 0; n < 95; n += 1) {
      await make(`m${n}`, 'server');
      await relate(`m${n}`, 'member of', 'cluster');
    }
    await relay();
    const retired = await setStatus('cluster', 'retired');
    expect(retired.status).toBe(200);
    const left = await walkPages(call, 'listCiRelationships', {
      path: { ciId: ids.cluster ?? '' },
      query: { limit: '100' },
    });
    expect(left.flatMap(({ items }) => items)).toHaveLength(5);
    const { stream } = { stream: table.items().filter(({ e }) => e === 'ci') };
    await relay();
    expect(await open('cluster')).toEqual([]);
    const versions = () =>
      table
        .items()
        .filter(({ e }) => e === 'relationship')
        .map(({ v }) => v);
    const before = versions();
    const cluster = stream.find(({ pk }) => pk.endsWith(ids.cluster ?? '?'));
    const was =
      cluster === undefined ? undefined : { ...cluster, v: 1, d: { ...(cluster.d as object), status: 'planned' } };
    await relayed(table, [{ before: was, after: cluster }]);
    expect(versions()).toEqual(before);
  });
});
