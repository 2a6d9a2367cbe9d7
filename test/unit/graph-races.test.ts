import { describe, expect, it } from '@jest/globals';
import { readAdjacency } from '../../functions/graph/adjacency-reader.ts';
import { adjacencyEntity } from '../../functions/graph/entity.ts';
import { pageOf } from '../../functions/graph/pages.ts';
import { keepAdjacency } from '../../functions/relay/adjacency.ts';
import { makeRoom } from '../../functions/relay/adjacency-split.ts';
import type { Item, Key, Table } from '../../functions/store/table.ts';
import { ciItem, edgeItem, graphTenant, pageEntries } from '../support/graph-table.ts';
import { ciNumber, testEdge } from '../support/graph-world.ts';
import { memoryTable } from '../support/memory-table.ts';

const hub = ciNumber(0);
const shelf = { tenant: graphTenant, ciId: hub, way: 'down' as const };
const edges = Array.from({ length: 40 }, (_, n) => testEdge(ciNumber(n + 1), 'runs on', hub));

/** The table, with something happening once right after the first read of many keys that is about `what`. */
const meanwhile = (table: Table, what: (keys: readonly Key[]) => boolean, happen: () => Promise<unknown>): Table => {
  let done = false;
  return {
    ...table,
    getMany: async (keys, options) => {
      const items = await table.getMany(keys, options);
      if (!done && what(keys)) {
        done = true;
        await happen();
      }
      return items;
    },
  };
};

const asksEdges = (keys: readonly Key[]): boolean => keys.some(({ sk }) => sk.startsWith('>#'));
const asksPages = (keys: readonly Key[]): boolean => keys.some(({ sk }) => sk.startsWith('J#'));

const store = (table: ReturnType<typeof memoryTable>, after: Item) => {
  table.put(after);
  return { before: undefined, after };
};

const estate = () => {
  const table = memoryTable();
  table.put(ciItem(hub, 'core switch'));
  return table;
};

const neighboursOf = async (table: Table): Promise<string[]> =>
  (await readAdjacency(table, graphTenant)([hub], 'downstream'))[0]?.links.map(({ neighbour }) => neighbour).sort() ??
  [];

describe('two at the pages of one CI', () => {
  const [first, second] = edges;
  if (first === undefined || second === undefined) throw new Error('no edges');

  it('a writer who read the edge before it was closed does not bring it back, though there was nothing to remove', async () => {
    const table = estate();
    await keepAdjacency(table, [store(table, edgeItem(first))]);
    const opened = store(table, edgeItem(second));
    const slow = meanwhile(table, asksEdges, () => keepAdjacency(table, [store(table, edgeItem(second, 2, false))]));
    await keepAdjacency(slow, [opened]);
    expect(await neighboursOf(table)).toEqual([first.from]);
  });

  it('a writer who read the CI before it was renamed does not put the old name on its first page', async () => {
    const table = estate();
    const before = ciItem(hub, 'core switch');
    const rename = async () => {
      const after = ciItem(hub, 'core switch 2', 2);
      table.put(after);
      await keepAdjacency(table, [{ before, after }]);
    };
    await keepAdjacency(meanwhile(table, asksEdges, rename), [store(table, edgeItem(first))]);
    const heads = pageEntries(table.items()).filter((entry) => entry.startsWith(hub) && entry.includes(' card '));
    expect(heads).toEqual(['down', 'up'].map((way) => `${hub} ${way} card core switch 2 undefined`));
    expect(await neighboursOf(table)).toEqual([first.from]);
  });

  it('a page that is divided under a writer takes no entry that belongs to the other half', async () => {
    const table = estate();
    const [late, ...others] = edges.filter(({ from }) => pageOf(from, 2) === 1 && pageOf(from, 4) === 3);
    if (late === undefined) throw new Error('no edge for this page');
    await keepAdjacency(
      table,
      others.map((edge) => store(table, edgeItem(edge))),
    );
    await makeRoom(table, shelf, 0);
    const slow = meanwhile(table, asksPages, () => makeRoom(table, shelf, 1));
    await keepAdjacency(slow, [store(table, edgeItem(late))]);
    const misplaced = table
      .items()
      .filter(({ e, pk }) => e === adjacencyEntity.name && pk.endsWith(hub))
      .map((item) => adjacencyEntity.fromItem(item).value)
      .flatMap(({ page, way, links }) =>
        way === 'up' ? [] : links.filter(({ neighbour }) => pageOf(neighbour, 4) !== page),
      );
    expect(misplaced).toEqual([]);
    expect(await neighboursOf(table)).toEqual([late, ...others].map(({ from }) => from).sort());
  });

  it('a page that is divided under a reader is read with its new half', async () => {
    const table = estate();
    await keepAdjacency(
      table,
      edges.map((edge) => store(table, edgeItem(edge))),
    );
    await makeRoom(table, shelf, 0);
    const slow = meanwhile(table, asksPages, () => makeRoom(table, shelf, 1));
    expect(await neighboursOf(slow)).toEqual(edges.map(({ from }) => from).sort());
  });

  it('gives up, so that the stream comes again, when it loses every race', async () => {
    const table = estate();
    const losing: Table = {
      ...table,
      writeEach: async (writes) => writes.map(() => ({ done: false, current: undefined })),
    };
    await expect(keepAdjacency(losing, [store(table, edgeItem(first))])).rejects.toThrow(/lost every race/);
    const after = ciItem(hub, 'other', 2);
    await expect(keepAdjacency(losing, [{ before: ciItem(hub, 'core switch'), after }])).rejects.toThrow(
      /lost every race/,
    );
  });
});

describe('a stored page', () => {
  it('is checked when it is read: other text than links, another type, another entity', () => {
    const page = { ciId: hub, way: 'down' as const, page: 0, pages: 1, links: [] };
    const item = adjacencyEntity.toItem(graphTenant, page, 1);
    const stored = item.d as Record<string, unknown>;
    expect(adjacencyEntity.fromItem(item).value).toEqual(page);
    for (const broken of [
      { l: { '<runs on': 'x' } },
      { l: { '<likes': `${'a'.repeat(38)}.1` } },
      { n: 0 },
      { w: 'left' },
      { more: 1 },
    ]) {
      expect(() => adjacencyEntity.fromItem({ ...item, d: { ...stored, ...broken } })).toThrow();
    }
    expect(() => adjacencyEntity.fromItem({ ...item, e: 'ci' })).toThrow();
  });

  it('keeps groups with any name', async () => {
    const table = estate();
    const names = ['a|b', '3|x', 'ä, ö', '>runs on|1|z'];
    const grouped = names.map((name, n) => testEdge(ciNumber(n + 1), 'depends on', hub, name, n + 1));
    await keepAdjacency(
      table,
      grouped.map((edge) => store(table, edgeItem(edge))),
    );
    const [found] = await readAdjacency(table, graphTenant)([hub], 'downstream');
    expect(found?.links.map(({ attributes }) => attributes?.group).sort()).toEqual([...names].sort());
  });
});
