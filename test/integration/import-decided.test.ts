import { describe, expect, it } from '@jest/globals';
import type { DiscoveryRecord } from '../../domain/discovery/record.ts';
import { agentJson, bookCsv } from '../support/import-fleet.ts';
import { discovered } from '../support/import-records.ts';
import { estateOf } from '../support/import-state.ts';
import { startUndoWorld } from '../support/undo-world.ts';

const row = (tag: string, serial: string, more: object = {}) => ({
  ...{ 'Asset Tag': tag, 'Serial Number': serial, Manufacturer: 'Dell' },
  ...more,
});

describe('kept resolutions', () => {
  it('are listed, and dropped without undoing what they did', async () => {
    const world = startUndoWorld();
    await world.rig.importFile('register', 'a', bookCsv([row('SKY-1', 'KEPT0001'), row('SKY-2', 'KEPT0002')]));
    const torn = (more: object = {}) => bookCsv([row('SKY-1', 'KEPT0002', more)]);
    const { run } = await world.rig.importFile('ledger', 'b', torn());
    const one = estateOf(world.table.items()).assets[0]?.value.assetId;
    await world.resolve(run.runId, 0, { decision: 'link', assetId: one, keepAsRule: true });
    const rules = async (query: Record<string, string> = {}) =>
      (await world.call('listResolutionRules', {}, { query })).body.items;
    const [rule, ...more] = await rules();
    expect(more).toEqual([]);
    expect(rule).toMatchObject({ source: 'ledger', decision: 'link', assetId: one, decidedBy: 'kim' });
    expect([await rules({ source: 'register' }), (await rules({ source: 'ledger' })).length]).toEqual([[], 1]);

    const drop = (version: number) =>
      world.call('dropResolutionRule', { ruleId: rule.ruleId }, { headers: { 'if-match': `"v${version}"` } });
    expect((await drop(rule.version - 1)).status).toBe(412);
    expect((await drop(rule.version)).status).toBe(200);
    expect((await drop(rule.version + 1)).status).toBe(404);
    expect(await rules()).toEqual([]);
    const linked = estateOf(world.table.items()).assets.find(({ value }) => value.assetId === one)?.value;
    expect(Object.keys(linked?.facets ?? {})).toContain('ledger#book');
    const again = await world.rig.importFile('ledger', 'c', torn({ Location: 'OSL' }));
    expect(again.records[0]?.outcome).toBe('ambiguous');
  });
});

const at = (time: string) => `2026-05-04T${time}.000Z`;
const { assetKind: _none, ...vm } = {
  ...discovered({ nativeKey: 'vm-1', nature: 'virtual', ciClass: 'virtual-machine', name: 'crewplan-2' }),
  identifiers: [{ type: 'cloudId' as const, value: 'projects/skyways/instances/vm-1' }],
};
const seen = (time: string): DiscoveryRecord => ({
  ...vm,
  observedAt: at(time),
  sections: { resource: { seen: time } },
});
const gone = (time: string): DiscoveryRecord => ({ ...seen(time), action: 'delete', sections: {} });

describe('a deletion that is contested', () => {
  it.each([
    ['seen after it', [seen('06:00:00'), gone('07:00:00')], seen('07:00:30')],
    ['deleted before it was seen', [seen('06:00:00'), seen('07:00:30')], gone('07:00:00')],
  ])('%s: a person who links it says that it lives', async (_name, before, last) => {
    const world = startUndoWorld();
    for (const [n, record] of before.entries()) await world.rig.importRecords('cloud', `b${n}`, [record]);
    const { run, records } = await world.rig.importRecords('cloud', 'last', [last]);
    expect(records[0]?.outcome).toBe('ambiguous');
    const machine = () => estateOf(world.table.items()).cis[0]?.value;
    await world.resolve(run.runId, 0, { decision: 'link', ciId: machine()?.ciId });
    expect(machine()?.status).toBe('operational');
    expect(await world.queue()).toEqual([]);
  });
});

describe('a plan', () => {
  it('names the rule that decided, those that did not, and why', async () => {
    const { rig } = startUndoWorld();
    const machine = { name: 'ck-9', serial: 'PLAN0009', uuid: '7d3c2b1a-0000-4000-8000-000000000099' };
    await rig.importFile('glpi', 'a', agentJson(machine));
    const plan = async (name: string, other: object) =>
      (await rig.importFile('intune', name, agentJson({ ...machine, ...other }), { mode: 'plan' })).records[0];
    const matched = await plan('b', { os: 'Debian 13' });
    expect(matched?.considered).toMatchObject([
      { rule: 'native-key', result: 'no-match' },
      { rule: 'uuid-and-serial', result: 'matched' },
    ]);
    expect(matched?.matchedBy?.rule).toBe('uuid-and-serial');
    const torn = await plan('c', { uuid: '7d3c2b1a-0000-4000-8000-000000000011' });
    expect(torn?.outcome).toBe('ambiguous');
    expect(torn?.considered).toContainEqual(
      expect.objectContaining({ rule: 'serial', result: 'contradicted', why: expect.stringContaining('uuid differs') }),
    );
    const fresh = await plan('d', { name: 'new-1', serial: 'To be filled by O.E.M.', uuid: undefined });
    expect(fresh?.considered).toContainEqual(
      expect.objectContaining({ rule: 'serial', result: 'not-usable', why: expect.stringContaining('placeholder') }),
    );
    const applied = await rig.importFile('intune', 'e', agentJson(machine));
    expect(applied.records[0]?.considered).toBeUndefined();
  });
});
