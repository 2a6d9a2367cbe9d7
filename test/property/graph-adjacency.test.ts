import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { failurePaths } from '../../domain/graph/link.ts';
import { readAdjacency } from '../../functions/graph/adjacency-reader.ts';
import { adjacencyEntity } from '../../functions/graph/entity.ts';
import { pageRoom } from '../../functions/graph/pages.ts';
import { keepAdjacency } from '../../functions/relay/adjacency.ts';
import { rebuildAdjacency } from '../../functions/relay/adjacency-rebuild.ts';
import type { Item } from '../../functions/store/table.ts';
import { ciItem, edgeItem, graphTenant, pageEntries } from '../support/graph-table.ts';
import { ciNumber, graphs, neighboursIn, type TestEdge, testEdge } from '../support/graph-world.ts';
import { type MemoryTable, memoryTable } from '../support/memory-table.ts';

type Record = { before: Item | undefined; after: Item };

const inBatches = (records: readonly Record[], size: number): Record[][] =>
  Array.from({ length: Math.ceil(records.length / size) }, (_, n) => records.slice(n * size, (n + 1) * size));

const withoutPages = (table: MemoryTable): MemoryTable => {
  const copy = memoryTable();
  for (const item of table.items()) if (item.e !== adjacencyEntity.name) copy.put(item);
  return copy;
};

const links = (found: Awaited<ReturnType<ReturnType<typeof neighboursIn>>>) =>
  found.map(({ ciId, links }) => ({
    ciId,
    links: links
      .map(({ neighbour, relationshipId, type, outward, attributes }) => [
        neighbour,
        relationshipId,
        type,
        outward,
        attributes,
      ])
      .sort(),
  }));

/** What people and sources do, in order: open, close or change an edge, or rename a CI. */
const acts = fc.array(
  fc.record({ edge: fc.nat(40), isOpen: fc.boolean(), rename: fc.option(fc.nat(11), { nil: undefined, freq: 2 }) }),
  {
    minLength: 1,
    maxLength: 25,
  },
);

/** How the stream delivers it: when, how often, in which order, how many at once and beside each other. */
const deliveries = fc.record({
  order: fc.infiniteStream(fc.nat(1000)),
  batch: fc.integer({ min: 1, max: 7 }),
  beside: fc.integer({ min: 1, max: 3 }),
});

const act = async (table: MemoryTable, put: Item): Promise<Record> => {
  const before = await table.get(put);
  const after = { ...put, v: (before?.v ?? 0) + 1 };
  table.put(after);
  return { before, after };
};

describe('the pages that the relay keeps', () => {
  it('say what the relationships say and are what a rebuild makes, whatever comes twice, late or beside each other', async () => {
    await fc.assert(
      fc.asyncProperty(graphs, acts, deliveries, async ({ cis, edges }, done, { order, batch, beside }) => {
        const table = memoryTable();
        const open = new Map<string, TestEdge>();
        for (const [n, ciId] of cis.entries()) table.put(ciItem(ciId, `CI ${n}`));
        const next = () => order.next().value as number;
        const waiting: Record[] = [];
        const deliver = async () => {
          const batches = inBatches(waiting.splice(0), batch);
          for (let n = 0; n < batches.length; n += beside) {
            await Promise.all(batches.slice(n, n + beside).map((records) => keepAdjacency(table, records)));
          }
        };
        const shuffle = (records: Record[]) =>
          records
            .map((record) => ({ record, at: next() }))
            .sort((a, b) => a.at - b.at)
            .map(({ record }) => record);
        for (const { edge: n, isOpen, rename } of done) {
          const edge = edges[n % Math.max(1, edges.length)];
          if (edge === undefined) continue;
          const record =
            rename === undefined
              ? await act(table, edgeItem(edge, 1, isOpen))
              : await act(table, ciItem(cis[rename % cis.length] ?? '', `renamed ${next()}`));
          if (rename === undefined && isOpen) open.set(edge.relationshipId, edge);
          if (rename === undefined && !isOpen) open.delete(edge.relationshipId);
          waiting.push(...Array.from({ length: 1 + (next() % 3) }, () => record));
          if (next() % 3 > 0) continue;
          waiting.splice(0, waiting.length, ...shuffle(waiting));
          const [late] = next() % 2 === 0 ? waiting.splice(0, 1) : [];
          await deliver();
          if (late !== undefined) waiting.push(late);
        }
        waiting.splice(0, waiting.length, ...shuffle(waiting));
        await deliver();

        for (const direction of ['downstream', 'upstream'] as const) {
          const read = await readAdjacency(table, graphTenant)(cis, direction);
          expect(links(read)).toEqual(links(await neighboursIn([...open.values()])(cis, direction)));
        }
        const rebuilt = withoutPages(table);
        for (const ciId of cis) await rebuildAdjacency(rebuilt, graphTenant, ciId);
        const touched = new Set(pageEntries(table.items()).map((entry) => entry.split(' ')[0]));
        expect(pageEntries(table.items())).toEqual(
          pageEntries(rebuilt.items()).filter((entry) => touched.has(entry.split(' ')[0])),
        );
      }),
      { numRuns: 150 },
    );
  });

  it('stay small beside a hub, lose nothing while they divide, and say all of it', async () => {
    const table = memoryTable();
    const hub = ciNumber(0);
    table.put(ciItem(hub, 'core switch'));
    const edges = Array.from({ length: 1500 }, (_, n) =>
      testEdge(ciNumber(n + 1), n % 2 === 0 ? 'runs on' : 'depends on', hub),
    );
    const records = await Promise.all(edges.map((edge) => act(table, edgeItem(edge))));
    const batches = inBatches(records, 100);
    for (let n = 0; n < batches.length; n += 3)
      await Promise.all(batches.slice(n, n + 3).map((batch) => keepAdjacency(table, batch)));
    const pages = table.items().filter(({ e, pk }) => e === adjacencyEntity.name && pk.endsWith(hub));
    expect(Math.max(...pages.map((item) => adjacencyEntity.fromItem(item).value.links.length))).toBeLessThanOrEqual(
      pageRoom,
    );
    expect(Math.max(...pages.map((item) => JSON.stringify(item).length))).toBeLessThan(4096);
    const read = async () => (await readAdjacency(table, graphTenant)([hub], 'downstream'))[0];
    expect((await read())?.card?.name).toBe('core switch');
    expect(new Set((await read())?.links.map(({ neighbour }) => neighbour))).toEqual(
      new Set(edges.map(({ from }) => from)),
    );
    const third = edges.filter((_, n) => n % 3 === 0);
    const closed = await Promise.all(third.map((edge) => act(table, edgeItem(edge, 1, false))));
    await keepAdjacency(table, closed);
    await keepAdjacency(table, records.slice(0, 100));
    expect((await read())?.links).toHaveLength(1000);
  });

  it('are mended by a rebuild: what was lost comes back, what is no relationship goes', async () => {
    const table = memoryTable();
    const [a, b, c] = [ciNumber(1), ciNumber(2), ciNumber(3)];
    for (const ciId of [a, b, c]) table.put(ciItem(ciId, `name of ${ciId}`));
    const edges = [testEdge(a, 'runs on', b), testEdge(c, 'member of', b, 'cluster', 2)];
    await keepAdjacency(table, await Promise.all(edges.map((edge) => act(table, edgeItem(edge)))));
    const good = pageEntries(table.items());
    const id = { ciId: b, way: 'up' as const, page: 0 };
    const page = adjacencyEntity.fromItem((await table.get(adjacencyEntity.keyOf(graphTenant, id))) as Item);
    expect(page.value.links).toHaveLength(1);
    const ghost = { ...testEdge(b, 'runs on', a), neighbour: a, outward: true, version: 9 };
    const { from: _from, to: _to, ...link } = ghost;
    table.put(
      adjacencyEntity.toItem(graphTenant, { ...page.value, card: { name: 'old', class: 'server' }, links: [link] }, 7),
    );
    expect(pageEntries(table.items())).not.toEqual(good);
    await rebuildAdjacency(table, graphTenant, b);
    expect(pageEntries(table.items())).toEqual(good);
  });

  it('belong to both ends, and to no end when nobody suffers', () => {
    const ends = { from: 'a', to: 'b' };
    expect(failurePaths({ ...ends, type: 'runs on' })).toEqual([{ carrier: 'b', dependant: 'a' }]);
    expect(failurePaths({ ...ends, type: 'member of' })).toEqual([{ carrier: 'a', dependant: 'b' }]);
    expect(failurePaths({ ...ends, type: 'connected to' })).toHaveLength(2);
    expect(failurePaths({ ...ends, type: 'attached to' })).toEqual([]);
  });
});
