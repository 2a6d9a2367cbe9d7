import { describe, expect, it } from '@jest/globals';
import { checkEstate } from '../support/import-check.ts';
import { agentJson, type BookRow, bookCsv } from '../support/import-fleet.ts';
import { estateOf } from '../support/import-state.ts';
import { startUndoWorld } from '../support/undo-world.ts';

const rows: BookRow[] = [
  { 'Asset Tag': 'SKY-1', 'Serial Number': 'RVW00001', Manufacturer: 'Dell' },
  { 'Asset Tag': 'SKY-2', 'Serial Number': 'RVW00002', Manufacturer: 'Dell' },
];
/** The tag of one, the serial of the other. */
const torn = (more: BookRow = {}): string =>
  bookCsv([{ 'Asset Tag': 'SKY-1', 'Serial Number': 'RVW00002', Manufacturer: 'Dell', ...more }]);

const asked = async () => {
  const world = startUndoWorld();
  await world.rig.importFile('register', 'a', bookCsv(rows));
  const { run } = await world.rig.importFile('ledger', 'b', torn());
  const assets = estateOf(world.table.items()).assets.map(({ value }) => value);
  const one = assets.find(({ identifiers }) => identifiers.some((id) => id.endsWith('SKY-1')));
  if (one === undefined) throw new Error('no asset');
  return { ...world, run, assetId: one.assetId, serials: () => serialsIn(world) };
};
const serialsIn = ({ table }: ReturnType<typeof startUndoWorld>) =>
  estateOf(table.items())
    .assets.map(({ value }) => Object.keys(value.facets).sort().join('+'))
    .sort();

describe('the review queue', () => {
  it('asks once of a thing, however often it comes, and no more when it becomes plain', async () => {
    const { rig, queue, run } = await asked();
    const [first] = await queue({ outcome: 'ambiguous' });
    expect(first).toMatchObject({
      source: 'ledger',
      state: 'open',
      outcome: 'ambiguous',
      runId: run.runId,
      recordIndex: 0,
    });
    expect(first.candidates).toHaveLength(2);
    await rig.importFile('ledger', 'c', torn({ Location: 'ARN HQ' }));
    expect(await queue()).toHaveLength(1);
    expect(await queue({ outcome: 'held' })).toEqual([]);
    expect(await queue({ source: 'register' })).toEqual([]);
    await rig.importFile('ledger', 'd', torn({ 'Serial Number': 'RVW00001' }));
    expect(await queue()).toEqual([]);
  });
  it('is read page by page', async () => {
    const { rig, call, queue } = startUndoWorld();
    const things = ['a', 'b', 'c'];
    for (const name of things) await rig.importFile('agents', name, agentJson({ name: `sky-${name}`, partial: true }));
    expect(await queue()).toHaveLength(3);
    const one = (await call('listReviewQueue', {}, { query: { limit: '2' } })).body;
    const two = (await call('listReviewQueue', {}, { query: { limit: '2', cursor: one.nextCursor } })).body;
    expect([...one.items, ...two.items].map(({ name }) => name)).toEqual(['sky-a', 'sky-b', 'sky-c']);
  });
  it('forgets a partial record that a full one has made plain, when it comes again', async () => {
    const { rig, queue, table } = startUndoWorld();
    const machine = { name: 'sky-lt-1', deviceId: 'sky-lt-1-2026', macs: ['a4:bb:6d:00:00:01'] };
    expect((await rig.importFile('agents', 'a', agentJson({ ...machine, partial: true }))).run.counts.held).toBe(1);
    expect((await queue()).map(({ outcome }: { outcome: string }) => outcome)).toEqual(['held']);
    await rig.importFile('agents', 'b', agentJson({ ...machine, serial: 'RVW00009' }));
    const again = await rig.importFile('agents', 'c', agentJson({ ...machine, os: 'Debian 13', partial: true }));
    expect(again.run.counts).toMatchObject({ held: 0, linked: 1 });
    expect(await queue()).toEqual([]);
    expect(estateOf(table.items()).cis).toHaveLength(1);
  });
});

describe('a resolution', () => {
  it('links the record to the thing that a person names, with what it says', async () => {
    const { resolve, run, assetId, serials, queue, stream } = await asked();
    const answer = await resolve(run.runId, 0, { decision: 'link', assetId });
    expect(answer).toMatchObject({ status: 202, body: { state: 'decided', decidedBy: 'kim', assetId } });
    expect(serials()).toEqual(['ledger#book+register#book', 'register#book']);
    expect(await queue()).toEqual([]);
    const reviews = stream.filter(({ after }) => after?.e === 'review');
    const names = reviews.map(({ after }) => (after?.c as { type?: string } | undefined)?.type);
    expect(names.filter((type) => type === 'RecordResolved')).toHaveLength(1);
  });
  it('creates a new thing in spite of candidates', async () => {
    const { resolve, run, serials, table } = await asked();
    await resolve(run.runId, 0, { decision: 'create' });
    expect(serials()).toEqual(['ledger#book', 'register#book', 'register#book']);
    expect(checkEstate(table.items()).filter((fault) => !fault.includes('are both'))).toEqual([]);
  });
  it('ignores, and asks again when the record comes again, unless kept as a rule', async () => {
    for (const keepAsRule of [false, true]) {
      const { resolve, run, serials, queue, rig } = await asked();
      expect((await resolve(run.runId, 0, { decision: 'ignore', keepAsRule })).body.state).toBe('closed');
      expect(await queue()).toEqual([]);
      const again = await rig.importFile('ledger', 'c', torn({ Location: 'OSL' }));
      expect(again.run.counts).toMatchObject(keepAsRule ? { ambiguous: 0, unchanged: 1 } : { ambiguous: 1 });
      expect(await queue()).toHaveLength(keepAsRule ? 0 : 1);
      expect(serials()).toEqual(['register#book', 'register#book']);
    }
  });
  it.each(['link', 'create'] as const)('kept as a rule is honoured before identity: %s', async (decision) => {
    const { resolve, run, assetId, serials, queue, rig } = await asked();
    const body = { decision, keepAsRule: true, ...(decision === 'link' ? { assetId } : {}) };
    await resolve(run.runId, 0, body);
    const before = serials();
    const again = await rig.importFile('ledger', 'c', torn({ Location: 'OSL' }));
    expect(again.records).toMatchObject([{ outcome: 'updated', matchedBy: { rule: 'resolution' } }]);
    expect(serials()).toEqual(before);
    expect(await queue()).toEqual([]);
  });
  it('is undone with its run', async () => {
    const { resolve, run, assetId, serials, undo } = await asked();
    await resolve(run.runId, 0, { decision: 'link', assetId });
    await undo(run.runId);
    expect(serials()).toEqual(['register#book', 'register#book']);
  });
  it('is refused where there is nothing to decide', async () => {
    const { resolve, run, assetId, rig, undo, queue } = await asked();
    const status = async (index: number, body: object, runId = run.runId) => (await resolve(runId, index, body)).status;
    expect(await status(7, { decision: 'create' })).toBe(404);
    expect(await status(0, { decision: 'link' })).toBe(400);
    expect(await status(0, { decision: 'create', assetId })).toBe(400);
    expect(await status(0, { decision: 'link', assetId: `ast_${'a'.repeat(26)}` })).toBe(404);
    const plan = await rig.importFile('ledger', 'p', torn({ Location: 'X' }), { mode: 'plan' });
    expect(await status(0, { decision: 'create' }, plan.run.runId)).toBe(409);
    await undo(run.runId);
    expect(await queue()).toEqual([]);
    expect(await status(0, { decision: 'create' })).toBe(409);
  });
});
