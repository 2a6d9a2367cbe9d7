import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { wholePrintOf } from '../../domain/import/fingerprint.ts';
import { RecordOutcome } from '../../domain/import/run.ts';
import type { SourceEntry } from '../../domain/import/source-index.ts';
import { outcomeLines } from '../../functions/plan-import/outcome-lines.ts';
import { sourceEntryEntity } from '../../functions/plan-import/source-entry.ts';
import { entryTable } from '../../functions/plan-import/source-index/entry-table.ts';
import { keyFilter } from '../../functions/plan-import/source-index/key-filter.ts';
import { leanEntry } from '../../functions/plan-import/source-index/packed-entry.ts';
import { pieceNames, pieceText } from '../../functions/plan-import/source-index/piece-names.ts';
import { recogniser } from '../../functions/plan-import/source-index/recogniser.ts';
import { digest } from '../../functions/shared/digest.ts';

const own = fc.string({ unit: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz234567'), minLength: 26, maxLength: 26 });
const moment = fc.constantFrom('2026-11-20T06:00:00.000Z', '2026-11-21T06:00:00.123Z');
const name = fc.string({ unit: 'grapheme', maxLength: 12 }).filter((one) => one !== '__proto__');
const maybe = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: undefined });
const plain = (value: unknown) => JSON.parse(JSON.stringify(value));

/** Any entry at all; its element is named as when it was written. */
const entry: fc.Arbitrary<SourceEntry> = fc
  .record({
    nativeKey: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 400 }).filter((key) => key.length <= 400),
    fingerprint: fc.dictionary(name, fc.constantFrom('a'.repeat(16), 'b2', ' ,=%')),
    ci: maybe(own),
    asset: maybe(own),
    run: own,
    record: fc.nat(),
    outcome: fc.constantFrom('created' as const, 'updated' as const, 'unchanged' as const),
    rule: maybe(name),
    relations: maybe(fc.array(fc.tuple(own, own), { maxLength: 3 })),
    heardAt: maybe(moment),
    relatedAt: maybe(moment),
    deletedAt: maybe(moment),
    revivedAt: maybe(moment),
    missingSince: maybe(moment),
    unrelated: maybe(fc.constant(true as const)),
    piece: maybe(fc.constantFrom('abcdefghijklmnopqrstuv.0.1', 'ABCDEFGHIJKLMNOPQRST-_.3.12')),
  })
  .map(({ ci, asset, run, relations, piece, ...rest }) =>
    plain({
      ...rest,
      source: 'intune',
      run: `run_${run}`,
      ciId: ci && `ci_${ci}`,
      assetId: asset && `ast_${asset}`,
      relations: relations?.map(([parent, child], n) => `rel_${n === 0 && ci ? ci : parent}_${child.slice(0, 12)}`),
      piece: piece && `${piece} ${wholePrintOf(rest.fingerprint, digest)}`,
    }),
  );

describe('a source entry', () => {
  it('is read as it was written', () => {
    fc.assert(
      fc.property(entry, (value) => {
        expect(sourceEntryEntity.fromItem(sourceEntryEntity.toItem('skyways', value, 3)).value).toEqual(value);
      }),
    );
  });
  it('tells the planner the same in short', () => {
    fc.assert(
      fc.property(entry, (value) => {
        const item = sourceEntryEntity.toItem('skyways', value, 3);
        const lean = leanEntry(item.d, item);
        expect(lean).toMatchObject({ nativeKey: value.nativeKey, print: wholePrintOf(value.fingerprint, digest) });
        expect([lean.ci && `ci_${lean.ci}`, lean.asset && `ast_${lean.asset}`]).toEqual([value.ciId, value.assetId]);
        const isPlain = !value.unrelated && value.missingSince === undefined && value.deletedAt === undefined;
        expect([lean.isPlain, lean.piece]).toEqual([isPlain, value.piece?.split(' ')[0]]);
      }),
    );
  });
  it('does not stand for an element any more once it says something else', () => {
    fc.assert(
      fc.property(entry, (value) => {
        const next = { ...value, fingerprint: { ...value.fingerprint, more: 'c' } };
        const item = sourceEntryEntity.toItem('skyways', next, 4);
        expect([leanEntry(item.d, item).piece, sourceEntryEntity.fromItem(item).value.piece]).toEqual([
          undefined,
          undefined,
        ]);
      }),
    );
  });
  it('of a device takes less than 400 bytes', () => {
    const sections = ['bios', 'device', 'hardware', 'mdm', 'os', '@identity'].map((one) => [one, 'a'.repeat(16)]);
    const ids = { ciId: `ci_${'a'.repeat(26)}`, assetId: `ast_${'a'.repeat(26)}`, run: `run_${'a'.repeat(26)}` };
    const fingerprint = Object.fromEntries(sections);
    const value = { source: 'intune', nativeKey: 'intune:9e3779b1-0001-4000-8000-000000bbcd88', fingerprint, ...ids };
    const item = sourceEntryEntity.toItem(
      'skyways',
      { ...value, record: 19_999, outcome: 'created', rule: 'serial' },
      1,
    );
    expect(Object.entries(item).join('').length).toBeLessThan(400);
  });
});

describe('elements', () => {
  const names = pieceNames('mdm', '1', '');
  const bytes = Buffer.from('{"id":1}');
  it('are named by their bytes, their key and who reads them, but not by the blanks around them', () => {
    const text = pieceText(names(bytes, 'value'));
    expect(text).toMatch(/^[\w-]{22}$/);
    expect(pieceText(names(Buffer.from('\n  {"id":1}\r\n'), 'value'))).toBe(text);
    const others = [
      names(Buffer.from('{"id":2}'), 'value'),
      names(Buffer.from('{"id": 1}'), 'value'),
      names(bytes, ''),
      pieceNames('mdm', '2', '')(bytes, 'value'),
      pieceNames('mdm', '1', 'EUR')(bytes, 'value'),
    ].map(pieceText);
    expect(new Set([text, ...others]).size).toBe(6);
  });

  const lean = (n: number, piece: string | undefined, isPlain = true) => ({
    nativeKey: `key-${n}`,
    ci: digest(`ci${n}`).slice(0, 26),
    asset: n % 2 === 0 ? undefined : digest(`ast${n}`).slice(0, 26),
    print: digest(`print${n}`).slice(0, 16),
    piece,
    isPlain,
  });
  it('are found among many, each with all of its records, and no others are', () => {
    const entries = entryTable();
    const nameOf = (n: number) => names(Buffer.from(`${n}`), 'value');
    for (let n = 0; n < 20_000; n += 1) entries.add(lean(n, `${pieceText(nameOf(n >> 1))}.${n & 1}.2`));
    for (let n = 0; n < 10_000; n += 1) {
      const ids = entries.ofPiece(nameOf(n))?.map(entries.knownAt);
      expect(ids?.map(({ nativeKey }) => nativeKey)).toEqual([`key-${2 * n}`, `key-${2 * n + 1}`]);
      expect(ids?.[1]?.assetId).toBe(`ast_${digest(`ast${2 * n + 1}`).slice(0, 26)}`);
      expect(ids?.[0]).not.toHaveProperty('assetId');
    }
    for (let n = 10_000; n < 20_000; n += 1) expect(entries.ofPiece(nameOf(n))).toBeUndefined();
    expect(entries.ofKey('key-7', digest('print7').slice(0, 16))).toMatchObject({ same: true });
    expect(entries.ofKey('key-7', digest('print8').slice(0, 16))).toMatchObject({ same: false });
    expect(entries.ofKey('key-20000', digest('print7').slice(0, 16))).toBeUndefined();
  });
  it('are not known while one of their records is not as it says, or has news in the same file', () => {
    const told: number[] = [];
    const changed = keyFilter();
    const options = { reader: ['mdm', '1', ''], changed, settle: async () => {} };
    const pieces = recogniser({ ...options, found: (_place, recordIndex) => void told.push(recordIndex) });
    expect(pieces.recognise(bytes, 'value', 1, 5)).toBe(0);
    const piece = pieces.nameOf(bytes, 'value');
    const half = entryTable();
    half.add(lean(1, `${piece}.0.2`));
    half.add(lean(2, `${piece}.1.2`, false));
    pieces.use(half);
    expect(pieces.recognise(bytes, 'value', 1, 5)).toBe(0);
    const whole = entryTable();
    whole.add(lean(1, `${piece}.0.2`));
    whole.add(lean(2, `${piece}.1.2`));
    pieces.use(whole);
    expect(pieces.recognise(bytes, 'value', 1, 5)).toBe(2);
    expect(told).toEqual([5, 6]);
    changed.add('key-2');
    expect(pieces.recognise(bytes, 'value', 1, 7)).toBe(0);
    expect(told).toHaveLength(2);
  });
  it('are told of in a line as any other outcome is, whatever their keys and numbers', () => {
    const any = fc.record({
      nativeKey: name,
      ci: maybe(own),
      asset: maybe(own),
      index: fc.nat(2 ** 31 - 1),
      line: fc.integer({ min: 1 }),
    });
    fc.assert(
      fc.property(fc.array(any, { minLength: 1 }), (all) => {
        const entries = entryTable();
        const lines = outcomeLines();
        lines.add('{"first":"å"}\n');
        for (const [n, { index, line, ...one }] of all.entries()) {
          entries.add({ ...one, piece: undefined, print: 'a'.repeat(16), isPlain: true });
          lines.addKnown(entries.placeOf(n), index, line);
        }
        expect(lines.count()).toBe(all.length + 1);
        const told = Buffer.from(lines.take()).toString('utf8').trimEnd().split('\n').slice(1);
        expect(told.map((text) => RecordOutcome.parse(JSON.parse(text)))).toEqual(
          all.map(({ nativeKey, ci, asset, index, line }) => ({
            ...{ recordIndex: index, line, outcome: 'unchanged', warnings: [], errors: [] },
            ...(ci === undefined ? {} : { ciId: `ci_${ci}` }),
            ...(asset === undefined ? {} : { assetId: `ast_${asset}` }),
            matchedBy: { rule: 'native-key', identifiers: [{ type: 'nativeKey', value: nativeKey }] },
          })),
        );
        expect(lines.count()).toBe(0);
      }),
    );
  });
});
