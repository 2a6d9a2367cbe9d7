import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Found } from '../../functions/imports/formats/json-piece.ts';
import { type JsonStreamOptions, readJson } from '../../functions/imports/formats/json-stream.ts';
import { chunksOf } from '../support/aws.ts';

const read = async (text: string, size = 7, options: JsonStreamOptions = { split: ['items'] }): Promise<Found[]> => {
  const found: Found[] = [];
  for await (const one of readJson(chunksOf(text, size), options)) found.push(one);
  return found;
};
const valuesOf = (found: readonly Found[], key: string | undefined): unknown[] =>
  found.flatMap((one) => ('value' in one && one.key === key ? [one.value] : []));
const faultsOf = (found: readonly Found[]) => found.flatMap((one) => ('fault' in one ? [one.fault] : []));

const json = fc.jsonValue({ maxDepth: 4 });
const list = fc.array(json, { maxLength: 6 });
const layout = fc.constantFrom(undefined, 1, '\t');
const size = fc.integer({ min: 1, max: 40 });
/** What stands beside the split list; a list of the same name deeper down is none of it. */
const beside = fc.dictionary(
  fc.string().filter((key) => key !== 'items' && key !== '__proto__'),
  json,
  { maxKeys: 3 },
);

describe('reading JSON piece by piece', () => {
  it('finds the elements of a list in an object, and the rest of it, wherever the chunks break', async () => {
    await fc.assert(
      fc.asyncProperty(beside, list, beside, layout, size, async (before, items, after, space, step) => {
        const whole = { ...before, items, ...after };
        const found = await read(JSON.stringify(whole, undefined, space), step);
        expect(faultsOf(found)).toEqual([]);
        expect(JSON.stringify(valuesOf(found, 'items'))).toBe(JSON.stringify(items));
        expect(JSON.stringify(valuesOf(found, undefined))).toBe(JSON.stringify([{ ...whole, items: [] }]));
      }),
    );
  });

  it('finds the elements of an outermost list and the documents that follow each other', async () => {
    await fc.assert(
      fc.asyncProperty(
        list,
        fc.array(beside, { maxLength: 4 }),
        layout,
        size,
        async (items, documents, space, step) => {
          const text = [items, ...documents].map((one) => JSON.stringify(one, undefined, space)).join('\n');
          const found = await read(text, step);
          expect(JSON.stringify(valuesOf(found, ''))).toBe(JSON.stringify(items));
          expect(JSON.stringify(valuesOf(found, undefined))).toBe(JSON.stringify(documents));
        },
      ),
    );
  });

  it('reads one level below the outermost object, and leaves deeper lists and other keys whole', async () => {
    const text = '{"data":{"items":[1]},"more":{"deep":{"items":[2]}},"list":[{"items":[3]}]}';
    const found = await read(text);
    expect(valuesOf(found, 'items')).toEqual([1]);
    expect(valuesOf(found, undefined)).toEqual([
      { data: { items: [] }, more: { deep: { items: [2] } }, list: [{ items: [3] }] },
    ]);
  });

  it('never makes a record of text that was cut off, and never fails in another way', async () => {
    await fc.assert(
      fc.asyncProperty(list, fc.nat(), size, async (items, cut, step) => {
        const text = JSON.stringify({ items });
        const at = cut % text.length;
        const found = await read(text.slice(0, at), step);
        const good = valuesOf(found, 'items');
        expect(JSON.stringify(good)).toBe(JSON.stringify(items.slice(0, good.length)));
        expect(faultsOf(found).map(({ final }) => final)).toEqual(at === 0 ? [] : [true]);
      }),
    );
  });

  it('never throws, whatever the text', async () => {
    const noise = fc.string({
      unit: fc.constantFrom('{', '}', '[', ']', '"', ',', ':', '\\', '1', ' ', '\n', 'items'),
    });
    await fc.assert(
      fc.asyncProperty(noise, size, async (text, step) => {
        const [found, again] = [await read(text, step), await read(text, step + 13)];
        expect(found).toEqual(again);
      }),
    );
  });
});

describe('broken pieces', () => {
  it.each([
    ['{"items":[1,{"a" 2},3]}', [1, 3], { line: 1, column: 18 }],
    ['{"items":[1,\n  {"a":"x\ny"},\n3]}', [1, 3], { line: 2, column: 10 }],
    ['{"items":[1,,3]}', [1, 3], { line: 1, column: 13 }],
    ['{"items":[1,2,]}', [1, 2], { line: 1, column: 15 }],
    ['{"items":[1,2],\n"b": nope}', [1, 2], { line: 2, column: 6 }],
    ['{"items":[1,2}', [1], { line: 1, column: 14, final: true }],
    ['{"items":[1,2', [1], { line: 1, column: 14, final: true }],
    ['{"items":[1]} oops {"items":[2]}', [1], { line: 1, column: 20, final: true }],
    ['  oops', [], { line: 1, column: 3, final: true }],
  ])('%j tells the place and keeps the rest', async (text, items, place) => {
    for (const step of [1, 3, 100]) {
      const found = await read(text, step);
      expect(valuesOf(found, 'items')).toEqual(items);
      expect(faultsOf(found)).toMatchObject([place]);
    }
  });

  it('passes over a piece that is too large or too deep', async () => {
    const text = `{"items":["${'x'.repeat(500)}\\"${'y'.repeat(500)}",2,${'['.repeat(70)}3${']'.repeat(70)},4]}`;
    for (const step of [1, 64, 5000]) {
      const found = await read(text, step, { split: ['items'], largest: 900 });
      expect(valuesOf(found, 'items')).toEqual([2, 4]);
      expect(faultsOf(found)).toMatchObject([
        { column: 11, reason: expect.stringContaining('Larger than 900') },
        { reason: expect.stringContaining('deeper than 64') },
      ]);
    }
  });

  it('holds no more than one piece: a million brackets do not grow the stack', async () => {
    const found = await read(`{"items":[${'['.repeat(200_000)}${']'.repeat(200_000)},1]}`, 65_536);
    expect(valuesOf(found, 'items')).toEqual([1]);
    expect(faultsOf(found)).toHaveLength(1);
  });
});

describe('a large file', () => {
  /** How many bytes are copied to read a text that comes in pieces of 4 kB. */
  const copiedFor = async (text: string, split: readonly string[]): Promise<number> => {
    let copied = 0;
    const options = {
      split,
      largest: 2 ** 24,
      copied: (bytes: number) => {
        copied += bytes;
      },
    };
    const found = await read(text, 4096, options);
    expect(faultsOf(found)).toEqual([]);
    return copied;
  };
  it.each([
    [
      'one document',
      (n: number) => JSON.stringify({ rows: Array.from({ length: n }, (_, id) => ({ id, name: 'crew' })) }),
    ],
    ['one element', (n: number) => `{"items":[${JSON.stringify(Array.from({ length: n }, (_, id) => ({ id })))}]}`],
    ['one text', (n: number) => JSON.stringify({ items: ['x'.repeat(n * 20)] })],
    [
      'many elements',
      (n: number) => JSON.stringify({ items: Array.from({ length: n }, (_, id) => ({ id, name: 'crew' })) }),
    ],
  ])('of %s is copied at most twice, however long it is', async (_what, make) => {
    for (const n of [2000, 20_000]) {
      const text = make(n);
      expect(await copiedFor(text, ['items'])).toBeLessThanOrEqual(2 * text.length);
    }
  });

  it('whose elements are known is not read again, and those that are not are', async () => {
    const rows = Array.from({ length: 200 }, (_, id) => ({
      id,
      name: `crew ${'é'.repeat(id % 5)}`,
      list: [id, '}],{'],
    }));
    for (const space of [undefined, 1, 'line'] as const) {
      const text =
        space === 'line'
          ? `{"items":[\n${rows.map((row) => JSON.stringify(row)).join(',\n')}\n]}`
          : JSON.stringify({ items: rows }, undefined, space);
      for (const step of [50, 997, 100_000]) {
        const lines: number[] = [];
        const isKnown: NonNullable<JsonStreamOptions['isKnown']> = (bytes, key, { line }) => {
          const { id } = JSON.parse(bytes.toString()) as { id: number };
          expect([key, rows[id]]).toEqual(['items', JSON.parse(bytes.toString())]);
          if (id % 3 === 0) return false;
          lines.push(line);
          return true;
        };
        const found = await read(text, step, { split: ['items'], isKnown });
        expect(valuesOf(found, 'items')).toEqual(rows.filter(({ id }) => id % 3 === 0));
        expect(lines).toHaveLength(rows.filter(({ id }) => id % 3 !== 0).length);
        if (space === 'line') expect(lines).toEqual(rows.flatMap(({ id }) => (id % 3 === 0 ? [] : [id + 2])));
      }
    }
  });
});
