import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { advanceMerge, isMergeStep } from '../../functions/merges/advance-merge.ts';
import { stageMerge } from '../../functions/merges/stage-merge.ts';
import type { Item } from '../../functions/store/table.ts';
import { startWork } from '../../functions/store/unit-of-work.ts';
import { checkEstate, checkNow } from '../support/import-check.ts';
import { Crash, faults } from '../support/import-faults.ts';
import { tableWithStream } from '../support/import-relay.ts';
import { estateOf } from '../support/import-state.ts';
import { type MemoryTable, memoryTable } from '../support/memory-table.ts';
import { startMergeWorld } from '../support/merge-world.ts';
import { withHistory } from '../support/with-history.ts';

const tenant = 'skyways';
const now = '2026-12-24T00:00:00.000Z';
const author = { tenant, by: 'ops@skyways.example', now, correlationId: 'c-1' };
const principal = { tenant, subject: author.by, roles: [] };

/** Everything that a merge leaves, the merge's own account of its steps and moments of bindings aside. */
const lasting = (items: readonly Item[], edges: 'all' | 'open') => {
  const { cis, assets, bindings, relationships, claims, entries } = estateOf(items);
  const bare = ({ value }: { value: object }) => {
    const { binding, bindings: _count, ...rest } = value as { binding?: object; bindings?: number };
    return { ...rest, isBound: binding !== undefined };
  };
  const texts = (list: object[]) => list.map((one) => JSON.stringify(one)).sort();
  return {
    things: texts([...cis.map(bare), ...assets.map(bare)]),
    bindings: texts(
      bindings.flatMap(({ value: { assetId, ciId, validTo } }) => (validTo === undefined ? [{ assetId, ciId }] : [])),
    ),
    edges: texts(
      relationships.flatMap(({ value }) => (edges === 'all' || value.validTo === undefined ? [{ ...value }] : [])),
    ),
    claims: texts(claims.map(({ value }) => value)),
    entries: texts(entries.map(({ value: { relations: _relations, ...rest } }) => rest)),
  };
};

/** What must hold between two steps: an edge that still names the absorbed one is all that may be left. */
const faultsBetween = (items: readonly Item[]) => checkNow(items).filter((one) => !one.endsWith('which was merged'));

const kinds = ['from-one', 'from-two', 'both', 'between', 'carried-by-one', 'carried-by-two'] as const;
const worlds = fc.record({
  edges: fc.array(fc.constantFrom(...kinds), { minLength: 1, maxLength: 9 }),
  swapped: fc.boolean(),
  perStep: fc.integer({ min: 1, max: 4 }),
  crash: fc.record({
    step: fc.integer({ min: 1, max: 9 }),
    when: fc.constantFrom('before' as const, 'after' as const),
  }),
  twice: fc.boolean(),
});

const build = async ({ edges, swapped }: { edges: readonly (typeof kinds)[number][]; swapped: boolean }) => {
  const { table, stream } = tableWithStream();
  const world = startMergeWorld(table);
  const pair = await world.twice();
  const [one, two] = swapped ? [pair[1], pair[0]] : pair;
  for (const [n, kind] of edges.entries()) {
    const app =
      kind === 'between' ? '' : await world.ci(`app-${n}`, kind.startsWith('carried') ? 'server' : 'application');
    if (kind === 'from-one' || kind === 'both') await world.relate(app, 'runs on', one);
    if (kind === 'from-two' || kind === 'both') await world.relate(app, 'runs on', two);
    if (kind === 'carried-by-one') await world.relate(one, 'connected to', app);
    if (kind === 'carried-by-two') await world.relate(two, 'connected to', app);
    if (kind === 'between' && edges.indexOf(kind) === n) await world.relate(one, 'connected to', two);
  }
  return { world, table, stream, one, two };
};

const copyOf = (table: MemoryTable): MemoryTable => {
  const copy = memoryTable();
  for (const item of table.items()) copy.put(item);
  return copy;
};

const mergeIn = async (table: MemoryTable, one: string, two: string, most?: number): Promise<string> => {
  const work = startWork(withHistory(table), author);
  const wanted = { survivor: { ciId: one }, absorbed: { ciId: two } };
  const { merge } = await stageMerge({ work, now, requestKey: 'same', principal }, wanted, most);
  await work.commit();
  return merge.mergeId;
};

type Drive = { stream: { after: Item | undefined }[]; from: number; perStep: number; twice: boolean };

/** The relay, in the order of the stream; `twice`: every record comes again, the late ones last. A worker that died begins its record again. */
const drive = async (
  table: MemoryTable,
  { stream, from, perStep, twice }: Drive,
  crash?: { step: number; when: 'before' | 'after' },
) => {
  const fault = faults();
  if (crash !== undefined) fault.crashAt(crash.step, crash.when);
  const faulty = fault.wrap.table(withHistory(table));
  const wrong: string[] = [];
  let crashes = 0;
  const seen: Item[] = [];
  const take = async (item: Item): Promise<void> => {
    try {
      await advanceMerge(faulty, item, perStep);
    } catch (error) {
      if (!(error instanceof Crash)) throw error;
      crashes += 1;
      await take(item);
    }
    wrong.push(...faultsBetween(table.items()));
  };
  for (let n = from; n < stream.length; n += 1) {
    const item = stream[n]?.after;
    if (item === undefined || !isMergeStep(item)) continue;
    seen.push(item);
    await take(item);
    if (twice) await take(item);
  }
  if (twice) for (const item of seen) await take(item);
  return { wrong, crashes, steps: seen.length };
};

const endings = (stream: { after: Item | undefined }[], type: string) =>
  stream.filter(({ after }) => after?.e === 'merge' && (after.c as { type: string }).type === type).length;

describe('a merge in steps', () => {
  it('ends as the one in a single transaction does, whatever breaks off or comes twice, and is taken back in steps', async () => {
    let [died, stepped] = [0, 0];
    await fc.assert(
      fc.asyncProperty(worlds, async ({ perStep, crash, twice, ...had }) => {
        const { world, table, stream, one, two } = await build(had);
        const before = lasting(table.items(), 'open');
        const oracle = copyOf(table);
        await mergeIn(oracle, one, two);

        const start = stream.length;
        const mergeId = await mergeIn(table, one, two, 0);
        const open = estateOf(table.items()).relationships.filter(
          ({ value: { from, to, validTo } }) => validTo === undefined && [from, to].includes(two),
        ).length;
        const { wrong, crashes, steps } = await drive(table, { stream, from: start, perStep, twice }, crash);
        died += crashes;
        stepped += steps;
        expect(wrong).toEqual([]);
        expect(lasting(table.items(), 'all')).toEqual(lasting(oracle.items(), 'all'));
        expect(checkEstate(table.items())).toEqual([]);
        expect(await world.ask('getMerge', { path: { mergeId } })).toMatchObject({ state: 'merged' });
        expect(endings(stream, 'MergeCompleted')).toBe(1);
        expect(table.items().filter(({ e }) => e === 'running merge')).toEqual([]);

        const back = stream.length;
        expect((await world.unmerge(mergeId)).status).toBe(200);
        if (open > 0) {
          expect((await world.unmerge(mergeId)).body.detail).toContain('being taken back');
          const again = await world.merge(one, two);
          expect([again.status, again.body.fix]).toEqual([409, expect.stringContaining('says unmerged')]);
        }
        const undone = await drive(table, { stream, from: back, perStep, twice }, crash);
        expect(undone.wrong).toEqual([]);
        expect(lasting(table.items(), 'open')).toEqual(before);
        expect(checkEstate(table.items())).toEqual([]);
        expect(await world.ask('getMerge', { path: { mergeId } })).toMatchObject({ state: 'unmerged' });
        expect(endings(stream, 'UnmergeCompleted')).toBe(1);
      }),
      { numRuns: 25 },
    );
    expect([died > 5, stepped > 50]).toEqual([true, true]);
  });
});
