import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { editCi } from '../../domain/ci/write-ci.ts';
import type { DiscoveryRecord } from '../../domain/discovery/record.ts';
import { ciEntity } from '../../functions/cis/entity.ts';
import { digest } from '../../functions/shared/digest.ts';
import { checkEstate } from '../support/import-check.ts';
import { discovered } from '../support/import-records.ts';
import { importRig, rigTenant } from '../support/import-rig.ts';
import { digestOf, estateOf } from '../support/import-state.ts';
import { memoryTable } from '../support/memory-table.ts';

const history = JSON.parse(readFileSync('test/fixtures/aws/instance-history.json', 'utf8'));
const states: unknown[] = history.configurationItems;
const fileOf = (items: readonly unknown[]) => JSON.stringify({ ...history, configurationItems: items });

const world = () => {
  const table = memoryTable();
  const rig = importRig(table);
  let files = 0;
  const send = (content: string, source = 'aws') => {
    files += 1;
    return rig.importFile(source, `${files}.json`, content);
  };
  const sendRecords = (...records: DiscoveryRecord[]) => {
    files += 1;
    return rig.importRecords('cloud', `r${files}`, records);
  };
  const estate = () => estateOf(table.items());
  const machine = () => estate().cis.find(({ value }) => value.class === 'virtual-machine')?.value;
  return { table, rig, send, sendRecords, estate, machine };
};

const at = (time: string) => `2026-05-04T${time}.000Z`;
const guest = (more: Partial<DiscoveryRecord> = {}): DiscoveryRecord => ({
  ...discovered({ nativeKey: 'vm-1', nature: 'virtual', ciClass: 'virtual-machine', name: 'crewplan-2' }),
  identifiers: [{ type: 'cloudId', value: 'projects/skyways/instances/vm-1' }],
  sections: { resource: { size: 'large' } },
  observedAt: at('06:00:00'),
  ...more,
});
const { assetKind: _none, ...vm } = guest();
const seen = (time: string, more: Partial<DiscoveryRecord> = {}): DiscoveryRecord => ({
  ...vm,
  observedAt: at(time),
  ...more,
});
const { name: _name, ...nameless } = vm;
const gone = (time: string): DiscoveryRecord => ({ ...nameless, action: 'delete', sections: {}, observedAt: at(time) });

/** A closed relation tells what once was; whether there was time for it depends on the order. */
const present = (items: Parameters<typeof digestOf>[0]) =>
  digestOf(items).filter((line) => !line.startsWith('edge') || line.includes('"isOpen":true'));

describe('a history of one thing, newest state first', () => {
  it('ends in the newest state: retired, kept, its relations closed', async () => {
    const { send, machine, estate, table } = world();
    const { run } = await send(fileOf(states));
    expect(run).toMatchObject({ status: 'completed', counts: { records: 5 } });
    expect(machine()).toMatchObject({ status: 'retired', statusSetBy: 'import', retiredAt: at('07:31:00') });
    expect(machine()?.facets.aws?.sections.cloud?.at).toBeDefined();
    expect(estate().relationships.filter(({ value }) => value.validTo === undefined)).toEqual([]);
    expect(checkEstate(table.items())).toEqual([]);
  });
  it('ends in the same state in any order, in one file or many, and twice', async () => {
    const inOrder = world();
    await inOrder.send(fileOf([...states].reverse()));
    const wanted = present(inOrder.table.items());
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray(states, { minLength: states.length }),
        fc.boolean(),
        async (order, together) => {
          const { send, table } = world();
          const files = together ? [fileOf(order)] : order.map((state) => fileOf([state]));
          for (const file of files) await send(file);
          expect(present(table.items())).toEqual(wanted);
          const before = digestOf(table.items(), { versions: true });
          for (const file of files) {
            const { records } = await send(file);
            expect(records.map(({ outcome }) => outcome)).toEqual(records.map(() => 'unchanged'));
          }
          expect(digestOf(table.items(), { versions: true })).toEqual(before);
        },
      ),
      { numRuns: 40 },
    );
  });
  it('closes the relation that was open when the deletion came', async () => {
    const { send, estate } = world();
    await send(fileOf(states.slice(1)));
    expect(estate().relationships.map(({ value }) => value.validTo)).toEqual([undefined]);
    await send(fileOf(states.slice(0, 1)));
    expect(estate().relationships.map(({ value }) => value.validTo)).toEqual([expect.any(String)]);
  });
});

describe('a history without a deletion', () => {
  it('closes what its newest state no longer relates to, in any order', async () => {
    const detached = { ...(states[1] as object), configurationItemCaptureTime: at('07:20:00'), relationships: [] };
    for (const order of [
      [detached, states[4], ...states.slice(1, 4)],
      [...states.slice(1), detached],
    ]) {
      const { send, estate, machine } = world();
      for (const state of order) await send(fileOf([state]));
      expect(machine()).toMatchObject({ status: 'operational' });
      expect(estate().relationships.filter(({ value }) => value.validTo === undefined)).toEqual([]);
    }
  });
});

describe('a deletion', () => {
  it('says what it changed, once', async () => {
    const { sendRecords } = world();
    await sendRecords(seen('06:00:00'));
    const { records } = await sendRecords(gone('07:00:00'));
    expect(records[0]).toMatchObject({
      outcome: 'updated',
      matchedBy: { rule: 'native-key' },
      changes: [{ entity: 'ci', field: 'status', before: 'operational', after: 'retired', winningSource: 'cloud' }],
    });
    expect((await sendRecords(gone('07:00:00'))).records[0]).toMatchObject({ outcome: 'unchanged' });
  });
  it('of an unknown thing makes nothing, and what was seen before it does not live', async () => {
    const { sendRecords, machine, estate } = world();
    const { records } = await sendRecords(gone('07:00:00'));
    expect(records[0]).toMatchObject({ outcome: 'unchanged', warnings: [{ code: 'deleted-unknown' }] });
    expect(estate().cis).toEqual([]);
    const late = await sendRecords(seen('06:59:59'));
    expect(late.records[0]?.warnings).toMatchObject([{ code: 'deleted-since' }]);
    expect(machine()?.status).toBe('retired');
  });
  it('finds what another source knows, by identity', async () => {
    const { rig, sendRecords, machine } = world();
    await rig.importRecords('agents', 'x', [seen('06:00:00', { nativeKey: 'agent-7' })]);
    await sendRecords(gone('07:00:00'));
    expect(machine()?.status).toBe('retired');
  });
  it('leaves a status that a person set', async () => {
    const { table, sendRecords, machine } = world();
    await sendRecords(seen('06:00:00'));
    const ciId = machine()?.ciId ?? '';
    const stored = ciEntity.fromItem((await table.get(ciEntity.keyOf(rigTenant, ciId))) as never);
    const edited = editCi(stored.value, { status: 'maintenance' }, { now: at('06:30:00'), digest });
    table.put(ciEntity.toItem(rigTenant, edited, stored.version + 1));
    await sendRecords(gone('07:00:00'));
    expect(machine()?.status).toBe('maintenance');
    await sendRecords(seen('08:00:00'));
    expect(machine()?.status).toBe('maintenance');
  });
  it('leaves asset and binding of hardware as they are', async () => {
    const { sendRecords, estate } = world();
    const laptop = discovered({ observedAt: at('06:00:00') });
    await sendRecords(laptop);
    await sendRecords({ ...laptop, action: 'delete', sections: {}, observedAt: at('07:00:00') });
    const [ci, asset] = [estate().cis[0]?.value, estate().assets[0]?.value];
    expect(ci?.status).toBe('retired');
    expect(ci?.binding?.assetId).toBe(asset?.assetId);
    expect(asset?.status).toBe('deployed');
  });
});

describe('what is observed after a deletion', () => {
  it('within a minute is for a person to decide, whichever comes first', async () => {
    for (const [first, second] of [
      [gone('07:00:00'), seen('07:01:00')],
      [seen('07:01:00'), gone('07:00:00')],
    ] as const) {
      const { table, sendRecords } = world();
      await sendRecords(seen('06:00:00', { sections: { resource: { size: 'small' } } }));
      await sendRecords(first);
      const before = digestOf(table.items(), { versions: true });
      const { records } = await sendRecords(second);
      expect(records[0]).toMatchObject({ outcome: 'ambiguous' });
      expect(records[0]?.candidates?.[0]?.evidence).toEqual(
        expect.arrayContaining([`deleted at ${at('07:00:00')}`, `observed at ${at('07:01:00')}`]),
      );
      expect(digestOf(table.items(), { versions: true })).toEqual(before);
    }
  });
  it('later brings it back, with its relations, and the old deletion stays old', async () => {
    const { sendRecords, machine, estate, table } = world();
    const disk = { ...seen('06:00:00'), nativeKey: 'disk', ciClass: 'storage' as const, identifiers: [] };
    const related = (time: string) =>
      seen(time, { relations: [{ type: 'connected to', direction: 'out', record: 'disk' }] });
    const open = () => estate().relationships.filter(({ value }) => value.validTo === undefined).length;
    await sendRecords(disk, related('06:00:00'));
    expect(open()).toBe(1);
    await sendRecords({ ...gone('07:00:00'), relations: [] });
    expect(open()).toBe(0);
    await sendRecords(related('07:01:01'));
    expect(machine()).toMatchObject({ status: 'operational' });
    expect(machine()).not.toHaveProperty('retiredAt');
    expect(open()).toBe(1);
    const again = await sendRecords({ ...gone('07:00:00'), relations: [] });
    expect(again.records[0]).toMatchObject({ outcome: 'unchanged', warnings: [{ code: 'stale-observation' }] });
    expect(machine()?.status).toBe('operational');
    expect(open()).toBe(1);
    expect(checkEstate(table.items())).toEqual([]);
  });
});
