import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ParsedRecord } from '../../domain/discovery/record.ts';
import { cutIntoBlocks } from '../../functions/imports/formats/csv/blocks.ts';
import { decode } from '../../functions/imports/formats/csv/decode.ts';
import { readDialect } from '../../functions/imports/formats/csv/dialect.ts';
import { csv } from '../../functions/imports/formats/csv/format.ts';
import { parseMoney } from '../../functions/imports/formats/csv/parse-money.ts';
import { readRows } from '../../functions/imports/formats/csv/rows.ts';
import { UnreadableFile, type UploadContext } from '../../functions/imports/formats/format.ts';

const context: UploadContext = {
  source: 'book',
  objectKey: 'k',
  storedAt: '2026-05-03T10:00:00.000Z',
  profile: 'generic',
};

async function* inChunks(bytes: Uint8Array, cuts: readonly number[]): AsyncGenerator<Uint8Array, undefined> {
  const ends = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((a, b) => a - b);
  let from = 0;
  for (const to of [...ends, bytes.length]) {
    yield bytes.subarray(from, to);
    from = to;
  }
}

const collect = async <T>(items: AsyncIterable<T>): Promise<T[]> => {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
};

/** The outcome of a parse as one value: what was yielded, and the problem it ended with. */
const outcomeOf = async (bytes: Uint8Array, cuts: readonly number[] = []) => {
  const parsed: ParsedRecord[] = [];
  try {
    for await (const item of csv.parse(inChunks(bytes, cuts), context)) parsed.push(item);
    return { parsed, problem: undefined };
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    return { parsed, problem: error.problem };
  }
};

const cell = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.string({ unit: fc.constantFrom('a', '"', ',', ';', '\t', '|', '\n', '\r', ' ', 'é', '漢'), maxLength: 8 }),
);
const style = fc.record({
  delimiter: fc.constantFrom(',', ';', '\t', '|'),
  lineBreak: fc.constantFrom('\n', '\r\n', '\r'),
  encoding: fc.constantFrom('utf8', 'utf8-marked', 'utf16le', 'utf16be'),
  isQuotedAlways: fc.boolean(),
  hasLastBreak: fc.boolean(),
});
type Style = typeof style extends fc.Arbitrary<infer T> ? T : never;

const write = (
  rows: readonly (readonly string[])[],
  { delimiter, lineBreak, encoding, isQuotedAlways, hasLastBreak }: Style,
) => {
  const quote = (text: string) =>
    isQuotedAlways || /[",;\t|\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  const text = rows.map((row) => row.map(quote).join(delimiter)).join(lineBreak) + (hasLastBreak ? lineBreak : '');
  if (encoding === 'utf8') return Buffer.from(text, 'utf8');
  if (encoding === 'utf8-marked') return Buffer.from(`\ufeff${text}`, 'utf8');
  const little = Buffer.from(`\ufeff${text}`, 'utf16le');
  return encoding === 'utf16le' ? little : little.swap16();
};

const table = fc
  .integer({ min: 2, max: 6 })
  .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 20 }));
const cuts = fc.array(fc.nat(4000), { maxLength: 12 });

const header = 'Serial,Name,Notes,Cost,Purchased';
const messyFile = fc
  .array(
    fc.oneof(
      fc.string({
        unit: fc.constantFrom('A7', '"', ',', '\n', '\r', ' ', 'é', '\0', '""', '",', '\n"', 'kq77,'),
        maxLength: 30,
      }),
      fc.uint8Array({ maxLength: 12 }),
    ),
    { maxLength: 12 },
  )
  .map((parts) => Buffer.concat([Buffer.from(`${header}\n`), ...parts.map((part) => Buffer.from(part as Uint8Array))]));

describe('CSV', () => {
  it('gives back the cells and lines of any table, however it is written and cut', async () => {
    await fc.assert(
      fc.asyncProperty(table, style, cuts, async (rows, how, at) => {
        const titled = [rows[0]?.map((_, i) => `h${i}`) ?? [], ...rows];
        const bytes = write(titled, how);
        const text = (await collect(decode(inChunks(bytes, [])).bytes)).join('');
        const dialect = readDialect(text);
        expect(dialect.delimiter).toBe(how.delimiter);
        const found = await collect(readRows(cutIntoBlocks(decode(inChunks(bytes, at)).bytes), dialect));
        const expected = titled.map((row) => row.map((value) => value.toWellFormed().replaceAll('\0', '')));
        expect(found.map((row) => ('cells' in row ? row.cells : row))).toEqual(expected);

        let line = 1;
        const breaks = how.lineBreak === '\r' ? /\r\n|\r|\n/g : /\n/g;
        for (const [index, row] of titled.entries()) {
          expect(found[index]?.line).toBe(line);
          line += 1 + row.reduce((count, value) => count + (value.match(breaks)?.length ?? 0), 0);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('throws nothing but UnreadableFile on any bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(messyFile, fc.uint8Array({ maxLength: 400 })), async (bytes) => {
        const { parsed, problem } = await outcomeOf(bytes);
        expect(parsed.length === 0 || problem === undefined).toBe(true);
        const indexes = parsed.map((item) => ('record' in item ? item.record.recordIndex : item.fault.recordIndex));
        expect(indexes).toEqual(indexes.map((_, index) => index));
      }),
      { numRuns: 500 },
    );
  });

  it('does not depend on where chunks end', async () => {
    await fc.assert(
      fc.asyncProperty(messyFile, cuts, async (bytes, at) => {
        expect(await outcomeOf(bytes, at)).toEqual(await outcomeOf(bytes));
      }),
      { numRuns: 500 },
    );
  });

  it('does not depend on chunk ends where blocks meet', async () => {
    const rows = Array.from({ length: 3000 }, (_, i) => `KQ${i}X7,"n\r\n""é${i}",x,1.50,2024-01-01`);
    const bytes = Buffer.from(`${header}\r\n${rows.join('\r\n')}\r\n"KQ,open\r\nKQ9Z7,end,,,\r\n`);
    const whole = await outcomeOf(bytes);
    expect(whole.parsed).toHaveLength(3002);
    const near = Array.from({ length: 8 }, (_, i) => 65_532 + i);
    expect(await outcomeOf(bytes, [...near, 131_070, 131_073])).toEqual(whole);
  });

  it('reads every amount back in minor units, in either style', () => {
    fc.assert(
      fc.property(fc.nat(10 ** 12), fc.boolean(), fc.boolean(), (minor, isComma, isGrouped) => {
        const [group, mark] = isComma ? ['.', ','] : [',', '.'];
        const whole = String(Math.floor(minor / 100));
        const shown = isGrouped ? whole.replaceAll(/\B(?=(?:\d{3})+$)/g, group ?? '') : whole;
        const text = `${shown}${mark}${String(minor % 100).padStart(2, '0')}`;
        expect(parseMoney(text, { decimal: isComma ? ',' : '.', currency: 'EUR' })).toEqual({ minor, currency: 'EUR' });
      }),
    );
  });
});
