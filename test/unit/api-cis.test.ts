import { describe, expect, it } from '@jest/globals';
import { startApp } from '../support/app.ts';
import { putDiscovered } from '../support/discovered.ts';
import { walkPages } from '../support/walk-pages.ts';

const service = { class: 'business service', name: 'Check-in', criticality: 'critical', owner: 'Ground operations' };

describe('CIs', () => {
  it('are made and edited by hand, over what sources say', async () => {
    const { call, table } = startApp();
    const { ciId } = putDiscovered(table);
    const path = { ciId };
    const read = await call('getCi', { path });
    expect(read.body).toMatchObject({
      name: 'crew1',
      attributes: { 'os.name': 'Debian', 'os.version': '12' },
      sources: [
        { source: 'glpi', half: 'discovery', sections: [{ section: 'device', hash: 'h1' }, {}, { count: 412 }] },
      ],
    });
    const body = { name: 'crew one', attributes: { 'os.version': '12.4', rack: 'B4' }, status: 'maintenance' };
    const edited = await call('editCi', { path, body, headers: { 'if-match': '"v1"' } });
    expect(edited.body).toMatchObject({
      name: 'crew one',
      status: 'maintenance',
      attributes: { 'os.version': '12.4', 'os.name': 'Debian', rack: 'B4' },
    });
    const back = { name: null, attributes: { 'os.version': null, rack: null } };
    const restored = await call('editCi', { path, body: back, headers: { 'if-match': '"v2"' } });
    expect(restored.body).toMatchObject({ name: 'crew1', attributes: read.body.attributes });
    expect(restored.body.sources).toHaveLength(1);
  });

  it('are listed by class and status, and refuse odd bodies', async () => {
    const { call, table } = startApp();
    putDiscovered(table);
    const made = await call('createCi', { body: service });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ ...service, class: 'business-service', status: 'operational' });
    await call('createCi', { body: { ...service, name: 'Booking', status: 'planned' } });
    const names = async (query: Record<string, string>) =>
      (await walkPages(call, 'listCis', { query: { ...query, limit: '1' } })).flatMap(({ items }) =>
        items.map(({ name }: { name: string }) => name),
      );
    expect((await names({})).sort()).toEqual(['Booking', 'Check-in', 'crew1']);
    expect((await names({ class: 'business_service' })).sort()).toEqual(['Booking', 'Check-in']);
    expect(await names({ status: 'planned' })).toEqual(['Booking']);
    const odd = await call('createCi', { body: { class: 'space!ship', attributes: { name: 'x', '9': 1 } } });
    expect(odd.body.errors.map(({ pointer }: { pointer: string }) => pointer).sort()).toEqual([
      '#/body/attributes/9',
      '#/body/attributes/name',
      '#/body/class',
      '#/body/name',
    ]);
  });

  it('keep their history', async () => {
    const { call, keepHistory } = startApp();
    const { ciId } = (await call('createCi', { body: service })).body;
    await keepHistory();
    const { body } = await call('listCiHistory', { path: { ciId } });
    expect(body.items).toMatchObject([
      { version: 1, change: { type: 'CiCreated', by: 'kim' }, state: { name: 'Check-in' } },
    ]);
  });
});

describe('relationships', () => {
  const network = async () => {
    const app = startApp();
    const make = async (name: string) =>
      (await app.call('createCi', { body: { class: 'application', name } })).body.ciId as string;
    const [a = '', b = '', c = ''] = [await make('a'), await make('b'), await make('c')].sort();
    const relate = (type: string, from: string, to: string) =>
      app.call('createRelationship', { body: { type, from, to } });
    const list = async (ciId: string, query: Record<string, string> = {}) =>
      (await walkPages(app.call, 'listCiRelationships', { path: { ciId }, query: { limit: '1', ...query } }))
        .flatMap(({ items }) => items)
        .map((edge) => `${edge.from === ciId ? 'out' : 'in'} ${edge.type}`);
    return { ...app, a, b, c, relate, list };
  };

  it('are seen from both ends, by direction and type, in pages; alike ends lead both ways', async () => {
    const { a, b, c, relate, list } = await network();
    await relate('depends_on', a, b);
    await relate('runs on', a, c);
    await relate('member of', c, a);
    const wired = await relate('connected to', c, a);
    expect(wired.body).toMatchObject({ from: a, to: c, sources: ['manual'] });
    expect((await list(a)).sort()).toEqual(['in member of', 'out connected to', 'out depends on', 'out runs on']);
    expect((await list(a, { direction: 'out' })).sort()).toEqual(['out connected to', 'out depends on', 'out runs on']);
    expect((await list(a, { direction: 'in' })).sort()).toEqual(['in member of', 'out connected to']);
    expect(await list(c, { direction: 'out', type: 'connected to' })).toEqual(['in connected to']);
    expect(await list(c, { direction: 'in', type: 'runs on' })).toEqual(['in runs on']);
    expect(await list(c, { type: 'hosts' })).toEqual(['in runs on']);
    expect(await list(c, { direction: 'out', type: 'hosts' })).toEqual(['in runs on']);
    expect(await list(c, { direction: 'in', type: 'hosts' })).toEqual([]);
    expect(await list(a, { direction: 'in', type: 'hosts' })).toEqual(['out runs on']);
    expect(await list(b, { direction: 'out' })).toEqual([]);
  });

  it('are asserted once by hand, closed once, kept, and may be opened again', async () => {
    const { a, b, relate, list, call } = await network();
    const edge = (await relate('depends on', a, b)).body;
    const again = await relate('depends on', a, b);
    expect([again.status, again.body.detail]).toEqual([409, `${edge.relationshipId} says so already.`]);
    const close = (version: number) =>
      call('closeRelationship', {
        path: { relationshipId: edge.relationshipId },
        headers: { 'if-match': `"v${version}"` },
      });
    const closed = await close(1);
    expect(closed.status).toBe(200);
    expect(closed.body.validTo > closed.body.validFrom).toBe(true);
    expect(await list(a)).toEqual([]);
    expect((await close(2)).status).toBe(409);
    const reopened = await relate('depends on', a, b);
    expect(reopened.body).toMatchObject({ relationshipId: edge.relationshipId, version: 3 });
    expect(reopened.body).not.toHaveProperty('validTo');
    expect(await list(b)).toEqual(['in depends on']);
  });

  it('need two existing, different ends of this tenant', async () => {
    const { a, relate, call } = await network();
    expect((await relate('depends on', a, a)).status).toBe(422);
    expect((await relate('depends on', a, `ci_${'z'.repeat(26)}`)).status).toBe(404);
    expect((await relate('likes', a, a)).body.errors[0].pointer).toBe('#/body/type');
    const foreign = (await call('createCi', { body: service, tenant: 'others' })).body.ciId;
    expect((await relate('depends on', a, foreign)).status).toBe(404);
  });
});
