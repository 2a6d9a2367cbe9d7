import { describe, expect, it } from '@jest/globals';
import { editAsset } from '../../domain/asset/edit-asset.ts';
import { startUndo } from '../../domain/undo/undo-run.ts';
import { assetEntity } from '../../functions/assets/entity.ts';
import { digest } from '../../functions/shared/digest.ts';
import { checkEstate } from '../support/import-check.ts';
import { Crash, faults } from '../support/import-faults.ts';
import { agentJson, bookCsv } from '../support/import-fleet.ts';
import { type Imported, rigTenant } from '../support/import-rig.ts';
import { estateOf } from '../support/import-state.ts';
import { shownOf, startUndoWorld } from '../support/undo-world.ts';

const rows = [
  { 'Asset Tag': 'SKY-1', 'Serial Number': 'UNDO0001', Manufacturer: 'Dell', Location: 'ARN HQ', Holder: 'Kim' },
  { 'Asset Tag': 'SKY-2', 'Serial Number': 'UNDO0002', Manufacturer: 'Dell', Location: 'OSL', Status: 'Deployed' },
] as const;
const guests = [1, 2, 3].map((n) => ({ name: `guest-${n}`, uuid: `7d3c2b1a-0000-4000-8000-00000000001${n}` }));
const host = { name: 'cph-hv-1', serial: 'UNDO0001', macs: ['a4:bb:6d:00:00:01'], os: 'Proxmox 8', software: ['qemu'] };

type World = ReturnType<typeof startUndoWorld>;
const steps: [string, (world: World) => Promise<Imported>][] = [
  ['a book of new assets', ({ rig }) => rig.importFile('register', 'a', bookCsv(rows))],
  [
    'an inventory that finds a known asset, binds it, and brings guests',
    ({ rig }) =>
      rig.importFile('agents', 'b', agentJson({ ...host, guests: guests.slice(0, 2), seenAt: '2026-11-19 06:00:00' })),
  ],
  [
    'a second inventory with other facts and other guests',
    ({ rig }) => {
      const later = { ...host, os: 'Proxmox 9', software: [], macs: ['a4:bb:6d:00:00:02'], guests: guests.slice(1) };
      return rig.importFile('agents', 'c', agentJson({ ...later, seenAt: '2026-11-20 06:00:00' }));
    },
  ],
  [
    'a book that moves things',
    ({ rig }) =>
      rig.importFile('register', 'd', bookCsv(rows.map((row) => ({ ...row, Location: 'GOT', Status: 'Retired' })))),
  ],
];

describe('undoing a run', () => {
  it.each(steps.map(([name], at) => [name, at] as const))('leaves what was shown before it: %s', async (_name, at) => {
    const world = startUndoWorld();
    for (const [, step] of steps.slice(0, at)) await step(world);
    const before = shownOf(world.table.items());
    const { run } = await (steps[at] as (typeof steps)[number])[1](world);
    expect(shownOf(world.table.items())).not.toEqual(before);
    const answer = await world.undo(run.runId);
    expect(answer).toMatchObject({ status: 202, body: { status: 'completed', undo: { by: 'kim' } } });
    expect(shownOf(world.table.items())).toEqual(before);
    expect(checkEstate(world.table.items())).toEqual([]);
    const { body } = await world.call('getImport', { runId: run.runId });
    expect(body).toMatchObject({ status: 'undone', undo: { refused: 0, finishedAt: expect.any(String) } });
    expect(body.undo.reverted).toBeGreaterThan(0);
  });
});

const edited = async ({ table }: World, patch: Parameters<typeof editAsset>[1], serial = 'UNDO0001') => {
  const stored = estateOf(table.items()).assets.find(({ value }) =>
    value.identifiers.some((one) => one.endsWith(serial)),
  );
  if (stored === undefined) throw new Error(`no asset ${serial}`);
  const now = '2026-11-22T12:00:00.000Z';
  const { asset } = editAsset(stored.value, patch, { now, digest });
  const change = { type: 'AssetUpdated', by: 'user:lee', at: now, correlationId: 'request' };
  await table.transact([
    { put: assetEntity.toItem(rigTenant, asset, stored.version + 1, change), expect: stored.version },
  ]);
  return asset.assetId;
};

describe('what has changed since', () => {
  it('by hand stays, and nothing else does', async () => {
    const world = startUndoWorld();
    const { rig, table, undo, call } = world;
    await rig.importFile('register', 'a', bookCsv(rows));
    const moved = rows.map((row) => ({ ...row, Location: 'GOT', Holder: 'Lee' }));
    const { run } = await rig.importFile('register', 'b', bookCsv(moved));
    const assetId = await edited(world, { location: 'CPH' });
    await undo(run.runId);
    const shown = shownOf(table.items()).filter((line) => line.includes(assetId) && line.startsWith('asset'));
    expect(shown).toEqual([expect.stringMatching(/"holder":"Kim".*"location":"CPH"/)]);
    const { body } = await call('listImportRecords', { runId: run.runId }, { query: { phase: 'undo' } });
    const by = expect.stringMatching(/changed by user:lee at 2026-11-22T12:00:00.000Z/);
    expect(body.items).toMatchObject([
      { outcome: 'refused', assetId, errors: [{ pointer: '#/asset/location', reason: by }] },
      { outcome: 'updated', errors: [] },
    ]);
    expect(body.items[0].changes).toEqual([{ entity: 'asset', field: 'holder', before: 'Lee', after: 'Kim' }]);
    expect((await call('getImport', { runId: run.runId })).body.undo).toMatchObject({ reverted: 1, refused: 1 });
    expect(checkEstate(table.items())).toEqual([]);
  });
  it('by a later run of the same source stays', async () => {
    const { rig, table, undo } = startUndoWorld();
    const send = (Location: string) => rig.importFile('register', Location, bookCsv([{ ...rows[0], Location }]));
    await send('ARN HQ');
    const { run } = await send('OSL');
    await send('CPH');
    const before = shownOf(table.items());
    await undo(run.runId);
    expect(shownOf(table.items())).toEqual(before);
  });
  it('keeps a created thing that another source or a person speaks of', async () => {
    const world = startUndoWorld();
    const { rig, table, undo, call } = world;
    const { run } = await rig.importFile('register', 'a', bookCsv(rows));
    await rig.importFile('agents', 'b', agentJson({ ...host, seenAt: '2026-11-19 06:00:00' }));
    const edit = await edited(world, { notes: 'Lent' }, 'UNDO0002');
    await undo(run.runId);
    const assets = estateOf(table.items()).assets.map(({ value }) => value);
    expect(assets.map(({ facets }) => Object.keys(facets)).sort()).toEqual([['agents'], ['manual']]);
    expect(assets.every(({ status }) => status !== 'retired')).toBe(true);
    expect(checkEstate(table.items())).toEqual([]);
    const { body } = await call(
      'listImportRecords',
      { runId: run.runId },
      { query: { phase: 'undo', outcome: 'refused' } },
    );
    expect(body.items.map(({ assetId }: { assetId: string }) => assetId)).toContain(edit);
    expect(
      body.items.map(({ errors }: { errors: { pointer: string }[] }) => errors.map(({ pointer }) => pointer)),
    ).toEqual([['#/asset/existence'], ['#/asset/existence']]);
  });
});

describe('an undone run', () => {
  it('leaves its file new: the same content again creates again', async () => {
    const { rig, table, undo } = startUndoWorld();
    const { run } = await rig.importFile('register', 'a', bookCsv(rows));
    const before = shownOf(table.items()).filter((line) => line.startsWith('claim')).length;
    await undo(run.runId);
    expect(shownOf(table.items())).toEqual([]);
    const again = await rig.importFile('register', 'b', bookCsv(rows));
    expect(again.run.counts).toMatchObject({ created: 2, unchanged: 0 });
    expect(shownOf(table.items()).filter((line) => line.startsWith('claim'))).toHaveLength(before);
    expect(checkEstate(table.items())).toEqual([]);
  });
  it('is undone once, by those who may, and only when it is completed', async () => {
    const { rig, undo, call } = startUndoWorld();
    const plan = await rig.importFile('register', 'p', bookCsv(rows), { mode: 'plan' });
    const { run } = await rig.importFile('register', 'a', bookCsv(rows));
    expect((await call('undoImport', { runId: plan.run.runId })).status).toBe(409);
    expect((await call('undoImport', { runId: run.runId }, { roles: ['viewer'] })).status).toBe(403);
    expect((await undo(run.runId)).status).toBe(202);
    expect((await undo(run.runId)).status).toBe(409);
  });
  it('is not said to be undone when it marked things as missing', async () => {
    const { rig } = startUndoWorld();
    const { run } = await rig.importFile('register', 'a', bookCsv(rows));
    const marked = { ...run, snapshot: true as const, absence: { live: 3, missing: 1, done: true as const } };
    expect(() => startUndo(marked, 'kim', run.startedAt)).toThrow('1 thing(s) missing');
    const unmarked = { ...marked, absence: { ...marked.absence, missing: 0 } };
    expect(startUndo(unmarked, 'kim', run.startedAt).undo).toMatchObject({ by: 'kim' });
  });
  it('that changed nothing is undone at once', async () => {
    const { rig, table, call } = startUndoWorld();
    await rig.importFile('register', 'a', bookCsv(rows));
    const before = shownOf(table.items());
    const { run } = await rig.importFile('register', 'b', bookCsv(rows));
    expect((await call('undoImport', { runId: run.runId })).body).toMatchObject({ status: 'undone' });
    expect(shownOf(table.items())).toEqual(before);
  });
  it('ends the same when the worker dies at any step', async () => {
    const undoAll = async (crash?: { step: number; when: 'before' | 'after' }) => {
      const failing = faults();
      const world = startUndoWorld(failing.wrap);
      await world.rig.importFile('register', 'a', bookCsv(rows));
      const file = agentJson({ ...host, guests, seenAt: '2026-11-19 06:00:00' });
      const { run } = await world.rig.importFile('agents', 'b', file);
      const start = failing.steps();
      if (crash !== undefined) failing.crashAt(crash.step, crash.when);
      await world.undo(run.runId).catch((error) => {
        if (!(error instanceof Crash)) throw error;
      });
      await world.rig.work();
      const { body } = await world.call('listImportRecords', { runId: run.runId }, { query: { phase: 'undo' } });
      const ended = (await world.call('getImport', { runId: run.runId })).body;
      return { steps: failing.steps() - start, state: [shownOf(world.table.items()), body.items, ended.undo.reverted] };
    };
    const whole = await undoAll();
    expect(whole.steps).toBeGreaterThan(5);
    for (let step = 2; step <= whole.steps; step += 1)
      for (const when of ['before', 'after'] as const)
        expect((await undoAll({ step, when })).state).toEqual(whole.state);
  });
});
