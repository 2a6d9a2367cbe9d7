import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readAdjacency } from '../../functions/graph/adjacency-reader.ts';
import { relationshipEntity } from '../../functions/relationships/entity.ts';
import { keepAdjacency } from '../../functions/relay/adjacency.ts';
import { renewCards } from '../../functions/relay/adjacency-cards.ts';
import { rebuildAdjacency } from '../../functions/relay/adjacency-rebuild.ts';
import type { Item, Table } from '../../functions/store/table.ts';
import { startApp } from '../support/app.ts';
import { dynamoForTests } from '../support/dynamo-for-tests.ts';
import { ciItem, edgeItem, graphTenant } from '../support/graph-table.ts';
import { ciNumber, testEdge } from '../support/graph-world.ts';
import { withHistory } from '../support/with-history.ts';

let dynamo: Awaited<ReturnType<typeof dynamoForTests>>;
beforeAll(async () => {
  dynamo = await dynamoForTests();
});
afterAll(() => dynamo.stop());

const put = (table: Table, items: readonly Item[]) =>
  table.writeEach(items.map((item) => ({ put: item, expect: 'absent' as const })));

const spentBy = async (table: Table, act: () => Promise<unknown>) => {
  const before = { ...table.meter };
  await act();
  const { roundTrips, readUnits, writeUnits } = table.meter;
  return {
    roundTrips: roundTrips - before.roundTrips,
    readUnits: readUnits - before.readUnits,
    writeUnits: writeUnits - before.writeUnits,
  };
};

describe('the graph of the past on DynamoDB', () => {
  it('is what it was at every moment, and now what it is: impact and map, JSON and SVG', async () => {
    const table = withHistory(await dynamo.emptyTable());
    const { call } = startApp(table);
    const ok = async (...asked: Parameters<typeof call>) => {
      const { status, body } = await call(...asked);
      expect([asked[0], status < 300]).toEqual([asked[0], true]);
      return body;
    };
    const make = async (name: string, ciClass = 'server') =>
      (await ok('createCi', { body: { class: ciClass, name } })).ciId as string;
    const service = await make('Check-in', 'business-service');
    const hosts = [await make('host 1'), await make('host 2'), await make('host 3')];
    const edges: string[] = [];
    const moments: { asOf: string; hosts: string[]; name: string }[] = [];
    const keep = async (relationshipId: string) => {
      const after = await table.get(relationshipEntity.keyOf(graphTenant, relationshipId));
      if (after !== undefined) await keepAdjacency(table, [{ before: undefined, after }]);
    };
    for (const to of hosts) {
      const body = { from: service, type: 'depends on', to, attributes: { group: 'hosts', need: 2 } };
      const { relationshipId, validFrom } = await ok('createRelationship', { body });
      edges.push(relationshipId);
      await keep(relationshipId);
      moments.push({ asOf: validFrom, hosts: hosts.slice(0, edges.length), name: 'host 1' });
    }
    const path = { ciId: hosts[0] ?? '' };
    const renamed = await ok('editCi', { path, body: { name: 'host one' }, headers: { 'if-match': '"v1"' } });
    moments.push({ asOf: renamed.updatedAt, hosts, name: 'host one' });
    const headers = { 'if-match': '"v1"' };
    const closed = await ok('closeRelationship', { path: { relationshipId: edges[2] ?? '' }, headers });
    await keep(edges[2] ?? '');
    moments.push({ asOf: closed.validTo, hosts: hosts.slice(0, 2), name: 'host one' });
    type Node = { ciId: string; name: string; failed?: boolean };
    for (const { asOf, hosts: then, name } of moments) {
      const needed = await ok('getImpact', { path: { ciId: service }, query: { direction: 'upstream', asOf } });
      expect(needed.nodes.map(({ ciId }: Node) => ciId).sort()).toEqual([...then].sort());
      expect(needed.nodes.find(({ ciId }: Node) => ciId === hosts[0]).name).toBe(name);
      const { nodes } = await ok('getImpact', { path, query: { asOf } });
      expect(nodes.map(({ ciId, failed }: Node) => [ciId, failed])).toEqual([[service, then.length < 3]]);
      const { groups, nodes: drawn } = await ok('getMap', { path: { ciId: service }, query: { asOf } });
      expect(groups.map(({ need, members }: { need: number; members: number }) => [need, members])).toEqual([
        [2, then.length],
      ]);
      expect(drawn).toHaveLength(then.length + 1);
    }
    await renewCards(table, [{ tenant: graphTenant, ciId: hosts[0] ?? '' }]);
    const asOf = moments.at(-1)?.asOf ?? '';
    const alike = async (query: Record<string, string>) => {
      const { cost: _cost, ...impact } = await ok('getImpact', {
        path: { ciId: service },
        query: { direction: 'upstream', ...query },
      });
      const { cost: _spent, asOf: _asOf, ...map } = await ok('getMap', { path: { ciId: service }, query });
      return { impact, map };
    };
    expect(await alike({ asOf })).toEqual(await alike({}));
    const svg = await call('getMap', { path: { ciId: service }, headers: { accept: 'image/svg+xml' } });
    expect([svg.status, svg.headers['content-type'], svg.body.slice(0, 4)]).toEqual([200, 'image/svg+xml', '<svg']);
  });
});

describe('the graph on DynamoDB', () => {
  it('walks 100 CIs in a round trip for half a unit each, names included, from pages that cost two units an edge', async () => {
    const table = await dynamo.emptyTable();
    const { call } = startApp(table);
    const racks = Array.from({ length: 10 }, (_, n) => ciNumber(n + 1));
    const servers = racks.flatMap((rack, r) =>
      Array.from({ length: 12 }, (_, n) => ({ rack, ciId: ciNumber(100 + r * 12 + n) })),
    );
    const site = ciNumber(0);
    const edges = [
      ...racks.map((rack) => testEdge(rack, 'depends on', site)),
      ...servers.map(({ rack, ciId }) => testEdge(ciId, 'runs on', rack)),
    ];
    await put(
      table,
      [site, ...racks, ...servers.map(({ ciId }) => ciId)].map((ciId) => ciItem(ciId, `name of ${ciId}`)),
    );
    await put(
      table,
      edges.map((edge) => edgeItem(edge)),
    );
    const records = edges.map((edge) => ({ before: undefined, after: edgeItem(edge) }));
    const written = await spentBy(table, () => keepAdjacency(table, records));
    expect(written.writeUnits / edges.length).toBeLessThanOrEqual(2.5);
    const again = await spentBy(table, () => keepAdjacency(table, records));
    expect(again.writeUnits).toBe(0);

    const { body } = await call('getImpact', { path: { ciId: site } });
    expect(body.nodes).toHaveLength(130);
    expect(
      body.nodes.every(
        ({ name, ciId, failed }: { name: string; ciId: string; failed: boolean }) =>
          failed && name === `name of ${ciId}`,
      ),
    ).toBe(true);
    expect(body.cost.nodes).toBe(131);
    // The first is the question whether a merge is on its way, asked beside the root.
    expect(body.cost.roundTrips).toBe(1 + 1 + 1 + 2);
    expect(body.cost.readUnits).toBe(131 * 0.5 + 0.5);
  });

  it('keeps a hub in small pages, and a rebuild of it makes the same', async () => {
    const table = await dynamo.emptyTable();
    const hub = ciNumber(0);
    const edges = Array.from({ length: 200 }, (_, n) => testEdge(ciNumber(n + 1), 'runs on', hub));
    await put(table, [ciItem(hub, 'hub')]);
    await put(
      table,
      edges.map((edge) => edgeItem(edge)),
    );
    const records = edges.map((edge) => ({ before: undefined, after: edgeItem(edge) }));
    await Promise.all([keepAdjacency(table, records.slice(0, 120)), keepAdjacency(table, records.slice(80))]);
    const neighbours = async () =>
      (await readAdjacency(table, graphTenant)([hub], 'downstream'))[0]?.links.map(({ neighbour }) => neighbour).sort();
    expect(await neighbours()).toEqual(edges.map(({ from }) => from).sort());
    const pages = (await table.query({ pk: `${graphTenant}#${hub}`, prefix: 'J#down#', limit: 100 })).items;
    expect(pages.length).toBeGreaterThan(3);
    await table.writeEach(pages.map(({ pk, sk }) => ({ remove: { pk, sk }, expect: 'any' })));
    expect(await neighbours()).toEqual([]);
    await rebuildAdjacency(table, graphTenant, hub);
    expect(await neighbours()).toEqual(edges.map(({ from }) => from).sort());
  });

  it('reads one thing by its id for half a unit, and by an identifier in two steps for one', async () => {
    const table = await dynamo.emptyTable();
    const { call } = startApp(table);
    const { ciId } = (await call('createCi', { body: { class: 'server', name: 'crew1' } })).body;
    const { assetId } = (await call('createAsset', { body: { serial: 'SRV-0042' } })).body;
    await call('getCi', { path: { ciId } });
    const once = { readUnits: 0.5, writeUnits: 0, roundTrips: 1 };
    expect(await spentBy(table, () => call('getCi', { path: { ciId } }))).toEqual(once);
    expect(await spentBy(table, () => call('getAsset', { path: { assetId } }))).toEqual(once);
    const byIdentifier = await spentBy(table, () => call('lookUp', { query: { serial: 'SRV-0042' } }));
    expect(byIdentifier).toEqual({ readUnits: 1, writeUnits: 0, roundTrips: 2 });
  });

  it('keeps and finds long walks, and knows edges by the relationships that the API made', async () => {
    const table = await dynamo.emptyTable();
    const { call } = startApp(table);
    const make = async (name: string) =>
      (await call('createCi', { body: { class: 'server', name } })).body.ciId as string;
    const hub = await make('hub');
    const children = await Promise.all(Array.from({ length: 150 }, (_, n) => make(`child ${n}`)));
    const made = await Promise.all(
      children.map((from) => call('createRelationship', { body: { type: 'runs on', from, to: hub } })),
    );
    const keys = made.map(({ body }) => relationshipEntity.keyOf(graphTenant, body.relationshipId));
    await keepAdjacency(
      table,
      (await table.getMany(keys)).map((after) => ({ before: undefined, after })),
    );
    const first = await call('getImpact', { path: { ciId: hub }, query: { limit: '140' } });
    expect([first.body.nodes.length, first.body.truncated]).toEqual([140, true]);
    const second = await call('getImpact', {
      path: { ciId: hub },
      query: { limit: '140', cursor: first.body.nextCursor },
    });
    expect([second.body.nodes.length, second.body.truncated]).toEqual([10, false]);
    const found = [...first.body.nodes, ...second.body.nodes].map(({ ciId }: { ciId: string }) => ciId);
    expect(found.sort()).toEqual([...children].sort());
    expect((await call('findRootCauses', { body: { symptoms: children.slice(0, 5) } })).body.causes[0].ciId).toBe(hub);
  });
});
