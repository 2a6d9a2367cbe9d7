import { describe, expect, it } from '@jest/globals';
import { adjacencyEntity } from '../../functions/graph/entity.ts';
import { startApp } from '../support/app.ts';
import { ciItem, graphTenant } from '../support/graph-table.ts';
import { ciNumber, testEdge } from '../support/graph-world.ts';

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
});
