import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Item, Table } from '../../functions/store/table.ts';
import { dynamoForTests } from '../support/dynamo-for-tests.ts';
import { checkEstate } from '../support/import-check.ts';
import { estateFiles, seeded, shuffled } from '../support/import-fleet.ts';
import { importRig } from '../support/import-rig.ts';
import { digestOf, estateOf, shapeOf } from '../support/import-state.ts';
import { trackedTable } from '../support/import-tracked.ts';
import { memoryTable } from '../support/memory-table.ts';
import { registries } from '../support/registries.ts';

let dynamo: Awaited<ReturnType<typeof dynamoForTests>>;
beforeAll(async () => {
  dynamo = await dynamoForTests();
});
afterAll(() => dynamo.stop());

const files = estateFiles();
const importAll = async (table: Table, list = files, storedAt = '2026-11-20T06:00:00.000Z') => {
  const rig = importRig(table);
  const results = [];
  for (const { source, name, content } of list) results.push(await rig.importFile(source, name, content, {}, storedAt));
  return results;
};
const tally = (values: readonly string[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
};
/** All but the bookkeeping of runs. */
const withoutRuns = (items: readonly Item[]) => items.filter(({ e }) => e !== 'run' && e !== 'chunk');

/** The whole promise of the demo, on both tables: what its README counts, and that seeing it again changes nothing. */
describe.each([
  ['in memory', async (): Promise<Table> => memoryTable()],
  ['on DynamoDB', () => dynamo.emptyTable()],
])('the estate of Skyways %s', (_name, emptyTable) => {
  let table: ReturnType<typeof trackedTable>;
  let first: Awaited<ReturnType<typeof importAll>>;
  beforeAll(async () => {
    table = trackedTable(await emptyTable());
    first = await importAll(table);
  });

  it('is read to the end, with nothing ambiguous, held or rejected', () => {
    expect(tally(first.map(({ run }) => run.status))).toEqual({ completed: files.length });
    const outcomes = tally(first.flatMap(({ records }) => records.map(({ outcome }) => outcome)));
    expect(Object.keys(outcomes).sort()).toEqual(['created', 'linked', 'updated']);
    expect(first.every(({ run, records }) => run.counts.records === records.length)).toBe(true);
  });
  it('has the counts of its README', async () => {
    const { assets, cis, bindings, relationships } = estateOf(await table.items());
    expect(tally(cis.map(({ value }) => value.class))).toEqual({
      computer: 9,
      server: 5,
      'network-device': 4,
      printer: 5,
      mobile: 5,
      peripheral: 4,
      'virtual-machine': 18,
      database: 3,
      application: 1,
      'technical-service': 2,
      'business-service': 5,
    });
    expect(tally(assets.map(({ value }) => value.kind))).toEqual({ hardware: 38, software: 5 });
    expect(bindings.filter(({ value }) => value.validTo === undefined)).toHaveLength(32);
    const types = tally(relationships.map(({ value }) => value.type));
    expect(types).toEqual({ 'runs on': 31, 'depends on': 10, 'attached to': 4, 'connected to': 19 });
  });
  it('holds together', async () => {
    expect(checkEstate(await table.items())).toEqual([]);
  });
  it('says of every record which rule decided, on which identifiers', () => {
    for (const { matchedBy, outcome } of first.flatMap(({ records }) => records)) {
      if (outcome === 'held') continue;
      expect([outcome, matchedBy?.rule]).toEqual([outcome, expect.any(String)]);
      if (matchedBy?.rule !== 'new-by-native-key') expect(matchedBy?.identifiers).not.toEqual([]);
    }
  });
  it('is unchanged when it comes again, and nothing is written but the runs', async () => {
    const before = withoutRuns(await table.items());
    const again = await importAll(table, files, '2026-11-21T07:00:00.000Z');
    const outcomes = again.flatMap(({ records }) => records);
    expect(tally(outcomes.map(({ outcome }) => outcome))).toEqual({ unchanged: outcomes.length });
    expect(tally(outcomes.map(({ matchedBy }) => matchedBy?.rule ?? 'none'))).toEqual({
      'native-key': outcomes.length,
    });
    expect(withoutRuns(await table.items())).toEqual(before);
  });
});

describe('the estate in any order', () => {
  it('ends in the same things, ids included, however it is shuffled and repeated', async () => {
    const reference = memoryTable();
    await importAll(reference);
    await importAll(reference, files, '2026-11-21T06:00:00.000Z');
    for (const seed of [1, 2, 3]) {
      const random = seeded(seed);
      const table = memoryTable();
      await importAll(table, shuffled(files, random));
      await importAll(table, shuffled(files, random), '2026-11-21T06:00:00.000Z');
      expect(shapeOf(table.items())).toEqual(shapeOf(reference.items()));
      expect(digestOf(table.items())).toEqual(digestOf(reference.items()));
      expect(checkEstate(table.items())).toEqual([]);
    }
  });
  it('ends in the same things after one pass: relations wait for the file that brings their other end', async () => {
    const reference = memoryTable();
    await importAll(reference);
    for (const seed of [4, 5, 6]) {
      const table = memoryTable();
      await importAll(table, shuffled(files, seeded(seed)));
      expect(shapeOf(table.items())).toEqual(shapeOf(reference.items()));
      expect(checkEstate(table.items())).toEqual([]);
    }
  });
  it('costs few round trips: none but the run’s own for what is unchanged', async () => {
    const table = memoryTable();
    await importAll(table);
    const before = table.meter.roundTrips;
    const agents = files.filter(({ source }) => source === 'glpi-agent');
    const results = await importAll(table, agents, '2026-11-21T06:00:00.000Z');
    const spent = table.meter.roundTrips - before;
    // Each planner hears of each file, and looks for its run and for what is known of its source: half a unit, since somebody may have said
    // how that one's files are read. Beside that the run's first and last write, one read of the source index, and one of what is lost.
    const ofPlanners = registries.length * 2;
    expect(spent).toBeLessThanOrEqual(results.length * (ofPlanners + 2 + 1 + 1));
  });
});
