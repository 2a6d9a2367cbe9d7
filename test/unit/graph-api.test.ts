import { describe, expect, it } from '@jest/globals';
import { keepAdjacency } from '../../functions/relay/adjacency.ts';
import { type Answer, startApp } from '../support/app.ts';
import { checkInWorld } from '../support/check-in-world.ts';
import { ciNumber } from '../support/graph-world.ts';

describe('GET /cis/{ciId}/impact', () => {
  it('tells what suffers, how far away, along which edge, and what fails or only degrades', async () => {
    const { impact, told, ids } = await checkInWorld();
    const one = await impact('web-1');
    expect(told(one)).toEqual(['Check-in 1 false', 'Boarding 2 false']);
    const { body } = await impact('switch-a');
    expect(told({ body } as Answer).sort()).toEqual([
      'Boarding 3 true',
      'Check-in 2 true',
      'badge-printer 1 false',
      'web-1 1 true',
      'web-2 1 true',
    ]);
    expect(body).toMatchObject({ root: ids['switch-a'], truncated: false });
    expect(body).not.toHaveProperty('nextCursor');
    const boarding = body.nodes.find(({ ciId }: { ciId: string }) => ciId === ids.Boarding);
    expect(boarding).toMatchObject({
      name: 'Boarding',
      class: 'business-service',
      via: { ciId: ids['Check-in'], type: 'depends on' },
    });
    expect(
      body.edges.find(
        ({ relationshipId }: { relationshipId: string }) => relationshipId === boarding.via.relationshipId,
      ),
    ).toEqual({
      relationshipId: boarding.via.relationshipId,
      type: 'depends on',
      from: ids.Boarding,
      to: ids['Check-in'],
    });
    expect(body.edges).toHaveLength(6);
    expect(body.cost.nodes).toBe(6);
  });

  it('tells what a service needs, along the types that were asked for, so far down, and that there is more', async () => {
    const { impact, told } = await checkInWorld();
    expect(told(await impact('Boarding', { direction: 'upstream', depth: '2' })).sort()).toEqual([
      'Check-in 1',
      'web-1 2',
      'web-2 2',
      'web-3 2',
    ]);
    expect((await impact('Boarding', { direction: 'upstream', depth: '2' })).body.truncated).toBe(true);
    expect((await impact('Boarding', { direction: 'upstream', types: 'depends_on' })).body.truncated).toBe(false);
    expect(told(await impact('Boarding', { direction: 'upstream', types: 'runs on' }))).toEqual([]);
    expect(told(await impact('switch-a', { types: 'connected to' }))).toEqual(['badge-printer 1 false']);
    expect(told(await impact('web-1', { types: 'depends on,runs-on' }))).toEqual([
      'Check-in 1 false',
      'Boarding 2 false',
    ]);
  });

  it('shows the asset of a CI, and on request what it cost, its warranty and who holds it', async () => {
    const { impact, call, ids, table } = await checkInWorld();
    const body = {
      purchaseCost: { minor: 226613, currency: 'EUR' },
      warrantyEnd: '2027-05-03',
      holder: 'Ground operations',
      location: 'Hangar 3',
    };
    const { assetId } = (await call('createAsset', { body })).body;
    const before = table.items().find(({ pk, e }) => e === 'ci' && pk.endsWith(ids['web-1'] ?? '-'));
    await call('transitionAsset', { path: { assetId }, body: { to: 'in-stock' } });
    expect((await call('createBinding', { body: { assetId, ciId: ids['web-1'] } })).status).toBe(201);
    const after = table.items().find(({ pk, e }) => e === 'ci' && pk.endsWith(ids['web-1'] ?? '-'));
    if (before === undefined || after === undefined) throw new Error('no CI');
    await keepAdjacency(table, [{ before, after }]);
    const nodeIn = (answer: Answer) => answer.body.nodes.find(({ ciId }: { ciId: string }) => ciId === ids['web-1']);
    expect(nodeIn(await impact('switch-a'))).toMatchObject({ assetId });
    expect(nodeIn(await impact('switch-a'))).not.toHaveProperty('asset');
    const { purchaseCost: cost, warrantyEnd, holder, location } = body;
    expect(nodeIn(await impact('switch-a', { include: 'asset' })).asset).toEqual({
      cost,
      warrantyEnd,
      holder,
      location,
    });
  });

  it('follows an edge that was closed no more, and one that was opened again', async () => {
    const { impact, told, relate, relay, call, ids } = await checkInWorld();
    const { body } = await impact('Check-in');
    const path = { relationshipId: body.edges[0].relationshipId };
    await call('closeRelationship', { path, headers: { 'if-match': '"v1"' } });
    await relay();
    expect(told(await impact('Check-in'))).toEqual([]);
    expect(
      (await call('createRelationship', { body: { type: 'depends on', from: ids.Boarding, to: ids['Check-in'] } })).body
        .version,
    ).toBe(3);
    await relay();
    expect(told(await impact('Check-in'))).toEqual(['Boarding 1 true']);
    const changed = await relate('Boarding', 'depends on', 'Check-in', { group: 'desks', need: 1 });
    expect([changed.status, changed.body.version, changed.body.attributes]).toEqual([
      201,
      4,
      { group: 'desks', need: 1 },
    ]);
    expect((await relate('Boarding', 'depends on', 'Check-in', { group: 'desks', need: 1 })).status).toBe(409);
  });

  it('refuses odd questions, CIs of other tenants, and groups where nobody is said to suffer', async () => {
    const { impact, relate, call } = await checkInWorld();
    for (const query of [
      { direction: 'sideways' },
      { depth: '0' },
      { limit: '5001' },
      { types: 'likes' },
      { types: '' },
      { include: 'all' },
    ]) {
      const answer = await impact('web-1', query as unknown as Record<string, string>);
      expect([answer.status, Object.keys(query)[0]]).toEqual([400, answer.body.errors[0].pointer.split('/')[2]]);
    }
    expect((await impact('web-1', {}, { tenant: 'rivals' })).status).toBe(404);
    expect((await impact('web-1', {}, { roles: ['discovery'] })).status).toBe(403);
    expect((await call('getImpact', { path: { ciId: ciNumber(1) } })).status).toBe(404);
    const refused = await relate('web-1', 'connected to', 'switch-b', { group: 'x', need: 1 });
    expect([refused.status, refused.body.errors[0].pointer]).toEqual([422, '#/body/attributes']);
    expect((await relate('web-1', 'depends on', 'switch-b', { group: 'x' })).status).toBe(400);
  });

  it('does not need pages: a CI without edges suffers nobody', async () => {
    const { call } = startApp();
    const { ciId } = (await call('createCi', { body: { class: 'server', name: 'lonely' } })).body;
    const { body } = await call('getImpact', { path: { ciId } });
    expect(body).toMatchObject({ root: ciId, nodes: [], edges: [], truncated: false });
  });
});

describe('POST /impact', () => {
  it('tells what several failures at once do that none of them does alone', async () => {
    const { call, ids, nameOf } = await checkInWorld();
    const failing = async (...names: string[]) => {
      const { body } = await call('assessFailures', { body: { failures: names.map((name) => ids[name]) } });
      return body.nodes
        .filter(({ failed }: { failed: boolean }) => failed)
        .map(({ ciId }: { ciId: string }) => nameOf(ciId));
    };
    expect(await failing('web-1')).toEqual([]);
    expect(await failing('web-1', 'web-3')).toEqual(['Check-in', 'Boarding']);
    expect((await failing('web-1', 'switch-b')).sort()).toEqual(['Boarding', 'Check-in', 'web-3']);
    expect((await call('assessFailures', { body: { failures: [] } })).status).toBe(400);
    expect((await call('assessFailures', { body: { failures: [ids['web-1'], ciNumber(1)] } })).status).toBe(404);
  });

  it('tells what would suffer if an asset were retired: what hangs on the CI that it realises, now or then', async () => {
    const { call, ids, nameOf } = await checkInWorld();
    const { assetId } = (await call('createAsset', { body: {} })).body;
    const ask = async (body: object) => (await call('assessFailures', { body: { assets: [assetId], ...body } })).body;
    expect(await ask({})).toMatchObject({ roots: [], nodes: [] });
    const bound = await call('createBinding', { body: { assetId, ciId: ids['switch-b'] } });
    const { roots, nodes } = await ask({ failures: [ids['web-1']] });
    expect(roots.map(nameOf)).toEqual(['web-1', 'switch-b']);
    expect(
      nodes
        .filter(({ failed }: { failed: boolean }) => failed)
        .map(({ ciId }: { ciId: string }) => nameOf(ciId))
        .sort(),
    ).toEqual(['Boarding', 'Check-in', 'web-3']);
    expect((await ask({ asOf: bound.body.validFrom })).roots.map(nameOf)).toEqual(['switch-b']);
    const gone = await call('assessFailures', { body: { assets: [`ast_${'q'.repeat(26)}`] } });
    expect([gone.status, (await call('assessFailures', { body: { failures: [] } })).status]).toEqual([404, 400]);
  });

  it('goes on where it stopped, for the same question only', async () => {
    const { call, ids } = await checkInWorld();
    const body = { failures: [ids['switch-a'], ids['switch-b']], limit: 2 };
    const found: string[] = [];
    let cursor: string | undefined;
    for (let answer = 0; answer < 10; answer += 1) {
      const page = await call('assessFailures', { body: { ...body, ...(cursor === undefined ? {} : { cursor }) } });
      expect(page.status).toBe(200);
      found.push(...page.body.nodes.map(({ ciId }: { ciId: string }) => ciId));
      cursor = page.body.nextCursor ?? cursor;
      if (!page.body.truncated) break;
    }
    expect(found).toHaveLength(6);
    expect(new Set(found).size).toBe(6);
    const other = await call('assessFailures', { body: { ...body, failures: [ids['switch-a']], cursor } });
    expect([other.status, other.body.errors[0].pointer]).toEqual([400, '#/cursor']);
  });
});
