import { describe, expect, it } from '@jest/globals';
import { adjacencyEntity } from '../../functions/graph/entity.ts';
import { startApp } from '../support/app.ts';
import { ciItem, edgeItem, graphTenant } from '../support/graph-table.ts';
import { ciNumber, type TestEdge, testEdge } from '../support/graph-world.ts';
import { indexedTable } from '../support/indexed-table.ts';
import { type MemoryTable, memoryTable } from '../support/memory-table.ts';

describe('large graphs', () => {
  const page = (ciId: string, links: { to: string; from: string }[], pages = 1, number = 0) =>
    adjacencyEntity.toItem(
      graphTenant,
      {
        ciId,
        way: 'down',
        page: number,
        pages,
        ...(number === 0 ? { card: { name: `name of ${ciId}`, class: 'server' } } : {}),
        links: links.map(({ from, to }) => ({
          ...testEdge(from, 'runs on', to),
          neighbour: from,
          outward: false,
          version: 1,
        })),
      },
      1,
    );

  const walk = async (call: ReturnType<typeof startApp>['call'], query: Record<string, string>) => {
    const found: { ciId: string; depth: number }[] = [];
    let cursor: string | undefined;
    let answers = 0;
    for (;;) {
      const { status, body } = await call('getImpact', {
        path: { ciId: ciNumber(0) },
        query: { ...query, ...(cursor === undefined ? {} : { cursor }) },
      });
      expect(status).toBe(200);
      expect(JSON.stringify(body).length).toBeLessThan(6_000_000);
      found.push(...body.nodes);
      answers += 1;
      expect(body.truncated).toBe(body.nextCursor !== undefined);
      if (!body.truncated) return { found, answers };
      cursor = body.nextCursor;
    }
  };

  it('a chain of 10,000: answers level by level, says that there is more, and comes to its end', async () => {
    const { call, table } = startApp();
    const size = 10_000;
    table.put(ciItem(ciNumber(0), 'first'));
    for (let n = 0; n < size; n += 1)
      table.put(page(ciNumber(n), n + 1 < size ? [{ from: ciNumber(n + 1), to: ciNumber(n) }] : []));
    const short = await call('getImpact', { path: { ciId: ciNumber(0) } });
    expect([short.body.nodes.length, short.body.truncated]).toEqual([10, true]);
    expect(short.body.nodes.every(({ failed }: { failed: boolean }) => failed)).toBe(true);
    const { found, answers } = await walk(call, { depth: '1000' });
    expect(answers).toBe(10);
    expect(found.map(({ depth }) => depth)).toEqual(Array.from({ length: size - 1 }, (_, n) => n + 1));
  });

  it('a hub with 10,000 children: as many as one answer takes, then the rest', async () => {
    const { call, table } = startApp();
    const [size, room] = [10_000, 50];
    table.put(ciItem(ciNumber(0), 'hub'));
    const children = Array.from({ length: size }, (_, n) => ({ from: ciNumber(n + 1), to: ciNumber(0) }));
    for (let n = 0; n * room < size; n += 1)
      table.put(page(ciNumber(0), children.slice(n * room, (n + 1) * room), size / room, n));
    for (const { from } of children) table.put(page(from, []));
    const { found, answers } = await walk(call, {});
    expect(answers).toBe(2);
    expect(new Set(found.map(({ ciId }) => ciId)).size).toBe(size);
    expect(found.every(({ depth }) => depth === 1)).toBe(true);
    const cursor = (await call('getImpact', { path: { ciId: ciNumber(0) } })).body.nextCursor;
    for (const item of table.items()) if (item.e === 'walk') await table.writeEach([{ remove: item, expect: 'any' }]);
    const expired = await call('getImpact', { path: { ciId: ciNumber(0) }, query: { cursor } });
    expect([expired.status, expired.body.errors[0].pointer]).toEqual([400, '#/cursor']);
  });

  /** CIs and edges as the import leaves them, without pages; `at` is after all of it. */
  const put = (table: MemoryTable, edges: readonly TestEdge[]) => {
    for (let n = 0; n <= edges.length; n += 1) table.put(ciItem(ciNumber(n), `CI ${n}`));
    for (const edge of edges) table.put(edgeItem(edge));
    return startApp(table).call;
  };
  const at = '2026-01-01T00:00:01.000Z';

  it('as of a moment: a chain goes on where it stopped, a hub answers with what one answer takes', async () => {
    const chain = Array.from({ length: 1200 }, (_, n) => testEdge(ciNumber(n + 1), 'runs on', ciNumber(n)));
    const { found, answers } = await walk(put(indexedTable(), chain), { depth: '1000', asOf: at });
    expect([found.length, answers]).toEqual([chain.length, 2]);
    const children = Array.from({ length: 10_000 }, (_, n) => testEdge(ciNumber(n + 1), 'runs on', ciNumber(0)));
    const call = put(indexedTable(), children);
    const { body } = await call('getImpact', { path: { ciId: ciNumber(0) }, query: { asOf: at, limit: '1000' } });
    expect([body.nodes.length, body.truncated, typeof body.nextCursor]).toEqual([1000, true, 'string']);
  });

  it('as a map: a chain and a hub of 10,000 are drawn within bounds, and say how much there is further down', async () => {
    const size = 10_000;
    const up = (ciId: string, needs: readonly string[], number = 0, pages = 1) => {
      const links = needs.map((to) => ({
        ...testEdge(ciId, 'runs on', to),
        neighbour: to,
        outward: true,
        version: 1,
      }));
      const card = number === 0 ? { card: { name: `name of ${ciId}`, class: 'server' as const } } : {};
      return adjacencyEntity.toItem(graphTenant, { ciId, way: 'up', page: number, pages, ...card, links }, 1);
    };
    const chain = memoryTable();
    for (let n = 0; n < size; n += 1) chain.put(up(ciNumber(n), n + 1 < size ? [ciNumber(n + 1)] : []));
    const hub = memoryTable();
    const children = Array.from({ length: size }, (_, n) => ciNumber(n + 1));
    for (const child of children) hub.put(up(child, []));
    for (let n = 0; n < 200; n += 1) hub.put(up(ciNumber(0), children.slice(n * 50, (n + 1) * 50), n, 200));
    for (const [table, depth, more] of [
      [chain, '50', 1],
      [hub, '10', size - 3000],
    ] as const) {
      table.put(ciItem(ciNumber(0), 'root'));
      const { call } = startApp(table);
      const path = { ciId: ciNumber(0) };
      const { status, body } = await call('getMap', { path, query: { depth } });
      expect([status, body.truncated]).toEqual([200, true]);
      expect(body.nodes.length).toBeLessThanOrEqual(120);
      expect(body.nodes.reduce((sum: number, node: { more?: number }) => sum + (node.more ?? 0), 0)).toBe(more);
      const svg = await call('getMap', { path, query: { depth }, headers: { accept: 'image/svg+xml' } });
      expect([svg.status, svg.body.length < 200_000]).toEqual([200, true]);
    }
  });
});
