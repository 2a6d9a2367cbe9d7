import { describe, expect, it } from '@jest/globals';
import { sourceEntryEntity } from '../../functions/plan-import/source-entry.ts';
import type { Item } from '../../functions/store/table.ts';
import { deviceJson, nativeKeyOf } from '../bench/groups/import-fleet.ts';
import { seeded, shuffled } from '../support/import-fleet.ts';
import { importRig, rigTenant } from '../support/import-rig.ts';
import { digestOf, estateOf } from '../support/import-state.ts';
import { type MemoryTable, memoryTable } from '../support/memory-table.ts';

const upTo = (count: number): number[] => Array.from({ length: count }, (_, n) => n);
/** Devices as Graph lists them; `state` is the version of a device's system. */
const listOf = (numbers: readonly number[], state: (n: number) => number = () => 0): string =>
  `{"value":[\n${numbers.map((n) => deviceJson(n, state(n))).join(',\n')}\n]}`;

/** Without a word of when it was seen: then the later of two records of a file counts. */
const undated = (text: string): string => text.replaceAll(/"lastSyncDateTime":"[^"]*"/g, '"lastSyncDateTime":null');

/** A table where twelve devices are known, and a rig that reads the whole index after `after` records; `undefined` asks for each. */
const known = async (after: number | undefined, table: MemoryTable = memoryTable()) => {
  const rig = importRig(table);
  if (after !== undefined) rig.context.readIndexAfter = after;
  const first = await rig.importFile('intune', 'first', listOf(upTo(12)));
  return { table, rig, first };
};
const osVersionsOf = (table: MemoryTable, n: number): string[] =>
  estateOf(table.items()).cis.flatMap(({ value }) =>
    Object.values(value.facets)
      .filter(({ nativeKey }) => nativeKey === nativeKeyOf(n))
      .map(({ sections }) => String(sections.os?.values?.osVersion)),
  );
const isOfIndex = ({ pk }: { pk: string }): boolean => pk.startsWith(`${rigTenant}#S#intune#`);
const changeEntry = (table: MemoryTable, n: number, change: object): void => {
  const key = sourceEntryEntity.keyOf(rigTenant, { source: 'intune', nativeKey: nativeKeyOf(n) });
  const item = table.items().find(({ pk, sk }) => pk === key.pk && sk === key.sk) as Item;
  const { value, version } = sourceEntryEntity.fromItem(item);
  table.put(sourceEntryEntity.toItem(rigTenant, { ...value, ...change }, version));
};

describe('a file that is compared with the whole index of its source', () => {
  it('comes to the same as one whose records are asked for one by one, whatever has changed', async () => {
    for (const seed of upTo(20)) {
      const random = seeded(seed);
      const numbers = shuffled(upTo(16), random).filter(() => random() < 0.9);
      const states = upTo(16).map(() => (random() < 0.3 ? 1 : 0));
      const text = listOf(numbers, (n) => states[n] ?? 0);
      const ways = [];
      for (const after of [1, 4, undefined]) {
        const { table, rig } = await known(after);
        const { run, records } = await rig.importFile('intune', 'again', text);
        const told = records.map(({ recordIndex, line, outcome, ciId, assetId, matchedBy, warnings }) => ({
          ...{ recordIndex, line, outcome, ciId, assetId, warnings },
          by: outcome === 'unchanged' ? matchedBy : matchedBy?.rule,
        }));
        ways.push({ counts: run.counts, told, state: digestOf(table.items()) });
      }
      expect(ways[0]).toEqual(ways[2]);
      expect(ways[1]).toEqual(ways[2]);
    }
  });
  it('asks for no entry of its own, and writes nothing, when nothing is new', async () => {
    const { table, rig } = await known(1);
    const asked: number[] = [];
    const { getMany } = rig.context.table;
    rig.context.table.getMany = (keys, options) => {
      asked.push(keys.filter(isOfIndex).length);
      return getMany(keys, options);
    };
    const before = digestOf(table.items(), { versions: true });
    const { run } = await rig.importFile('intune', 'again', listOf(upTo(12)));
    expect(run).toMatchObject({ chunks: 0, counts: { records: 12, unchanged: 12 } });
    expect(Math.max(...asked)).toBe(1);
    expect(digestOf(table.items(), { versions: true })).toEqual(before);
  });
  it.each<[string, object]>([
    ['is missing in its source', { missingSince: '2026-11-22T07:00:00.000Z' }],
    ['was deleted there', { deletedAt: '2026-11-01T00:00:00.000Z' }],
    ['waits for the other end of a relation', { unrelated: true }],
    ['has forgotten what was said of it, as after an undo', { fingerprint: {} }],
    ['says something else by now', { fingerprint: { os: 'a'.repeat(16) } }],
  ])('has news of a thing that %s, though its bytes are the same', async (_what, change) => {
    for (const after of [1, undefined]) {
      const { table, rig } = await known(after);
      changeEntry(table, 5, change);
      const { run } = await rig.importFile('intune', 'again', listOf(upTo(12)));
      expect(run).toMatchObject({ chunks: 1, counts: { records: 12 }, scanned: { unchanged: 11 } });
    }
  });
  it('is read anew when it is to be read in another way', async () => {
    const { rig } = await known(1);
    const spent = async (metadata: Record<string, string>) => {
      let records = 0;
      const { getMany } = rig.context.table;
      rig.context.table.getMany = (keys, options) => {
        records += keys.filter(isOfIndex).length;
        return getMany(keys, options);
      };
      const { run } = await rig.importFile('intune', JSON.stringify(metadata), listOf(upTo(12)), metadata);
      rig.context.table.getMany = getMany;
      return [run.counts.unchanged, records];
    };
    expect(await spent({})).toEqual([12, 1]);
    // Read, mapped and then found to be the same by what it says.
    expect(await spent({ profile: 'other' })).toEqual([12, 1]);
  });
  it('believes the later of two records of one thing, also where the later one says nothing new', async () => {
    for (const after of [1, undefined]) {
      const { table, rig } = await known(after);
      await rig.importFile('intune', 'once', undated(listOf(upTo(12))));
      const [before] = osVersionsOf(table, 3);
      const rows = [deviceJson(0), deviceJson(3, 1), deviceJson(4), deviceJson(3)];
      const { run } = await rig.importFile('intune', 'twice', undated(`{"value":[\n${rows.join(',\n')}\n]}`));
      expect(run.scanned).toEqual({ records: 4, unchanged: 2, rejected: 0 });
      expect(osVersionsOf(table, 3)).toEqual([before]);
    }
  });
  it('stops at an entry that is damaged, and says which', async () => {
    const { table, rig } = await known(1);
    const key = sourceEntryEntity.keyOf(rigTenant, { source: 'intune', nativeKey: nativeKeyOf(5) });
    const item = table.items().find(({ pk, sk }) => pk === key.pk && sk === key.sk) as Item;
    for (const d of ['1 broken', 'x'.repeat(200), { source: 'intune' }, 7]) {
      table.put({ ...item, d });
      const event = rig.put('intune', `damaged ${JSON.stringify(d)}`, listOf(upTo(12)));
      await expect(rig.plan(event)).rejects.toThrow(`corrupt source entry at ${key.pk} ${key.sk}`);
      expect(() => sourceEntryEntity.fromItem({ ...item, d })).toThrow('corrupt source entry');
    }
  });
});
