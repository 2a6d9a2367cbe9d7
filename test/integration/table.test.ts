import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sdkDocumentCalls } from '../../functions/store/document-calls-sdk.ts';
import { signedDocumentCalls } from '../../functions/store/document-calls-signed.ts';
import { type Item, type Table, type Write, WriteConflict } from '../../functions/store/table.ts';
import { dynamoForTests } from '../support/dynamo-for-tests.ts';
import { memoryTable } from '../support/memory-table.ts';

let dynamo: Awaited<ReturnType<typeof dynamoForTests>>;
beforeAll(async () => {
  dynamo = await dynamoForTests();
});
afterAll(() => dynamo.stop());

const item = (sk: string, v = 1, more: Record<string, unknown> = {}): Item => ({
  pk: 'skyways#a',
  sk,
  e: 'thing',
  v,
  ...more,
});
const insert = (...items: Item[]): Write[] => items.map((put) => ({ put, expect: 'absent' }));
const sorted = (items: Item[]) => items.map(({ sk }) => sk).sort();

/** The same suite holds the table in memory to what the real protocol answers. */
describe.each([
  ['in memory', async (): Promise<Table> => memoryTable()],
  ['on DynamoDB through the SDK', () => dynamo.emptyTable(sdkDocumentCalls)],
  ['on DynamoDB by signed requests', () => dynamo.emptyTable(signedDocumentCalls)],
])('a table %s', (_name, emptyTable) => {
  it('stores and reads items, without what is undefined, and is not changed through what it gave out', async () => {
    const table = await emptyTable();
    const value = { text: 'ä', list: [1, 'b', { c: true }], none: null, gone: undefined };
    await table.transact(insert(item('#', 1, { d: value })));
    const read = await table.get({ pk: 'skyways#a', sk: '#' }, { consistent: true });
    expect(read).toEqual({
      pk: 'skyways#a',
      sk: '#',
      e: 'thing',
      v: 1,
      d: { text: 'ä', list: value.list, none: null },
    });
    (read as Item).v = 9;
    expect((await table.get({ pk: 'skyways#a', sk: '#' }))?.v).toBe(1);
    expect(await table.get({ pk: 'skyways#a', sk: '##' })).toBeUndefined();
  });

  it('reads many keys, missing ones left out, repeated ones once', async () => {
    const table = await emptyTable();
    const names = Array.from({ length: 130 }, (_, n) => `n${String(n).padStart(3, '0')}`);
    await table.writeEach(insert(...names.map((sk) => item(sk))));
    const wanted = [...names, ...names, 'missing'].map((sk) => ({ pk: 'skyways#a', sk }));
    expect(sorted(await table.getMany(wanted))).toEqual(names);
    expect(await table.getMany([])).toEqual([]);
  });

  it('keeps conditions: absent, a version, or none', async () => {
    const table = await emptyTable();
    const put = (v: number, expected: Write['expect']): Write => ({ put: item('#', v), expect: expected });
    const key = { pk: 'skyways#a', sk: '#' };
    expect(await table.writeEach([put(1, 3)])).toEqual([{ done: false, current: undefined }]);
    expect(await table.writeEach([put(1, 'absent')])).toEqual([{ done: true }]);
    expect(await table.writeEach([put(2, 'absent')])).toEqual([{ done: false, current: item('#', 1) }]);
    expect(await table.writeEach([put(2, 1)])).toEqual([{ done: true }]);
    expect(await table.writeEach([{ remove: key, expect: 1 }])).toEqual([{ done: false, current: item('#', 2) }]);
    expect(await table.writeEach([put(7, 'any')])).toEqual([{ done: true }]);
    expect(await table.writeEach([{ remove: key, expect: 7 }])).toEqual([{ done: true }]);
    expect(await table.get(key, { consistent: true })).toBeUndefined();
  });

  it('does all of a transaction or nothing, and tells what stood in the way', async () => {
    const table = await emptyTable();
    await table.transact(insert(item('a', 4), item('b', 1)));
    const attempt = table.transact([
      { put: item('c'), expect: 'absent' },
      { put: item('a', 5), expect: 3 },
      { remove: { pk: 'skyways#a', sk: 'b' }, expect: 1 },
      { put: item('d', 2), expect: 1 },
    ]);
    const conflict = await attempt.then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(conflict).toBeInstanceOf(WriteConflict);
    expect((conflict as WriteConflict).failed).toEqual([
      { index: 1, current: item('a', 4) },
      { index: 3, current: undefined },
    ]);
    expect(sorted((await table.query({ pk: 'skyways#a', limit: 9 })).items)).toEqual(['a', 'b']);
    await table.transact([]);
  });

  it('refuses what DynamoDB refuses: 101 writes, one item twice, an empty key', async () => {
    const table = await emptyTable();
    await expect(table.transact(insert(...Array.from({ length: 101 }, (_, n) => item(`${n}`))))).rejects.toThrow();
    await expect(table.transact([...insert(item('a')), ...insert(item('a'))])).rejects.toThrow();
    await expect(table.writeEach(insert(item('')))).rejects.toThrow();
    await expect(table.writeEach(insert(item('a', 1, { g2pk: '', g2sk: 'x' })))).rejects.toThrow();
    await table.transact(insert(...Array.from({ length: 100 }, (_, n) => item(`${n}`))));
  });

  it('queries one partition in order, by prefix, up to a text, both ways, in pages', async () => {
    const table = await emptyTable();
    const names = ['#', '>#a', 'B#1', 'H###1', 'H###2', 'H###3', 'H#B#1#1', 'z'];
    await table.writeEach(insert(...names.map((sk) => item(sk)), { ...item('other'), pk: 'skyways#b' }));
    const walk = async (query: object, limit: number) => {
      const found: string[] = [];
      let after = {};
      for (let round = 0; round < 20; round += 1) {
        const page = await table.query({ pk: 'skyways#a', ...query, ...after, limit });
        expect(page.items.length).toBeLessThanOrEqual(limit);
        found.push(...page.items.map(({ sk }) => sk));
        if (page.last === undefined) return found;
        after = { after: page.last };
      }
      throw new Error('the query does not end');
    };
    for (const limit of [1, 2, 3, 50]) {
      expect(await walk({}, limit)).toEqual(names);
      expect(await walk({ backwards: true }, limit)).toEqual(names.toReversed());
      expect(await walk({ prefix: 'H###' }, limit)).toEqual(['H###1', 'H###2', 'H###3']);
      expect(await walk({ prefix: 'H###', backwards: true }, limit)).toEqual(['H###3', 'H###2', 'H###1']);
      expect(await walk({ upTo: 'H###2' }, limit)).toEqual(names.slice(0, 5));
      expect(await walk({ prefix: 'B', upTo: 'H###1', backwards: true }, limit)).toEqual(['H###1', 'B#1']);
      expect(await walk({ prefix: 'none' }, limit)).toEqual([]);
    }
  });

  it('queries sparse, keys-only indexes, and goes on from a key that is not there', async () => {
    const table = await emptyTable();
    const listed = (sk: string, g2sk: string) => item(sk, 1, { g2pk: 'skyways#list#1', g2sk, d: 'whole' });
    await table.writeEach(
      insert(listed('a', 'in-stock#a'), listed('c', 'in-stock#c'), listed('b', 'deployed#b'), item('x')),
    );
    const query = { index: 'list' as const, pk: 'skyways#list#1', limit: 10 };
    const page = await table.query(query);
    expect(page.items).toEqual([
      { pk: 'skyways#a', sk: 'b', g2pk: 'skyways#list#1', g2sk: 'deployed#b' },
      { pk: 'skyways#a', sk: 'a', g2pk: 'skyways#list#1', g2sk: 'in-stock#a' },
      { pk: 'skyways#a', sk: 'c', g2pk: 'skyways#list#1', g2sk: 'in-stock#c' },
    ]);
    const after = { pk: 'skyways#zz', sk: '#', g2pk: 'skyways#list#1', g2sk: 'in-stock#b' };
    expect((await table.query({ ...query, prefix: 'in-stock#', after })).items.map(({ sk }) => sk)).toEqual(['c']);
    await table.writeEach([{ put: item('a', 2), expect: 1 }]);
    expect((await table.query(query)).items).toHaveLength(2);
    await expect(table.query({ ...query, limit: 0 })).rejects.toThrow();
  });

  it('counts round trips', async () => {
    const table = await emptyTable();
    await table.writeEach(insert(item('a'), item('b')));
    await table.get({ pk: 'skyways#a', sk: 'a' });
    await table.query({ pk: 'skyways#a', limit: 5 });
    await table.transact([{ put: item('a', 2), expect: 1 }]);
    await table.getMany(Array.from({ length: 101 }, (_, n) => ({ pk: 'skyways#a', sk: `${n}` })));
    expect(table.meter.roundTrips).toBe(7);
  });
});

describe('the table in memory', () => {
  it('also refuses positions outside of the query, as AWS does and the local DynamoDB does not', async () => {
    const table = memoryTable();
    const query = { index: 'list' as const, pk: 'skyways#list#1', limit: 1 };
    const after = { pk: 'skyways#a', sk: 'a', g2pk: 'skyways#list#1', g2sk: 'in-stock#a' };
    await expect(table.query({ ...query, after: { ...after, g2pk: 'skyways#list#2' } })).rejects.toThrow('partition');
    await expect(table.query({ ...query, prefix: 'deployed#', after })).rejects.toThrow('range');
    expect(await table.query({ ...query, prefix: 'in-stock#', after })).toEqual({ items: [] });
  });
});
