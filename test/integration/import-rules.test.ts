import { beforeEach, describe, expect, it } from '@jest/globals';
import { checkEstate } from '../support/import-check.ts';
import { laptop, startDesk } from '../support/import-desk.ts';
import { digestOf } from '../support/import-state.ts';

let desk: ReturnType<typeof startDesk>;
beforeEach(() => {
  desk = startDesk();
});

describe('a partial inventory', () => {
  it('touches only the sections it carries', async () => {
    await desk.agent(laptop);
    const before = desk.sectionsOf('agents');
    await desk.agent({
      name: 'SKY-LT-1',
      serial: 'SKYW42',
      partial: true,
      software: ['rosterwing', 'gateflow'],
      seenAt: '2026-11-21 06:00:00',
    });
    const after = desk.sectionsOf('agents');
    const changed = Object.keys(after).filter((name) => after[name]?.hash !== before[name]?.hash);
    expect(changed.sort()).toEqual(['hardware', 'listing', 'software'].filter((name) => changed.includes(name)));
    expect(changed).toContain('software');
    expect(after.software?.count).toBe(2);
    expect(after.device?.values).toEqual({ name: 'sky-lt-1' });
    expect(after.os).toEqual({ ...before.os, at: after.os?.at });
  });
  it('of nobody known is held, and leaves nothing behind', async () => {
    const { records } = await desk.agent({
      name: 'sky-lt-9',
      partial: true,
      software: ['x'],
      macs: ['a4:bb:6d:00:00:09'],
    });
    expect(records[0]?.outcome).toBe('held');
    expect(records[0]?.errors[0]?.reason).toContain('needs a strong identifier');
    expect(Object.values(desk.estate()).flat()).toEqual([]);
  });
});

describe('the two halves', () => {
  it('do not touch each other’s facts', async () => {
    await desk.book({ Holder: 'Astrid', Location: 'ARN HQ', Status: 'Deployed' });
    await desk.agent(laptop);
    const facets = () => desk.estate().assets[0]?.value.facets ?? {};
    const [booked, seen, operated] = [facets()['register#book'], facets().agents, desk.estate().cis[0]?.value.facets];
    await desk.book({ Holder: 'Mikael', Location: 'OSL', Status: 'Deployed' });
    expect(facets().agents).toEqual(seen);
    expect(desk.estate().cis[0]?.value.facets).toEqual(operated);
    expect(facets()['register#book']).not.toEqual(booked);
    const rebooked = facets()['register#book'];
    await desk.agent({ ...laptop, os: 'Debian 13', seenAt: '2026-11-21 06:00:00' });
    expect(facets()['register#book']).toEqual(rebooked);
    expect(desk.estate().assets[0]?.version).toBe(3);
    expect(desk.estate().cis[0]?.version).toBe(2);
  });
  it('stay apart when one source sends both: the book’s status outlives an inventory', async () => {
    await desk.book({ Holder: 'Astrid', Status: 'Retired' }, 'everything');
    await desk.agent(laptop, 'everything');
    await desk.agent({ ...laptop, os: 'Debian 13', seenAt: '2026-11-21 06:00:00' }, 'everything');
    expect(desk.estate().assets[0]?.value.status).toBe('retired');
    expect(Object.keys(desk.estate().assets[0]?.value.facets ?? {}).sort()).toEqual(['everything', 'everything#book']);
  });
  it('come together in one record that names both: no second CI, in any order', async () => {
    const addressOnly = () =>
      desk.agent({ name: 'sky-lt-1', macs: ['a4:bb:6d:00:00:01'], seenAt: '2026-11-20 06:00:00' }, 'probe');
    const orders = [
      [() => desk.book({}), addressOnly, () => desk.agent(laptop)],
      [addressOnly, () => desk.book({}), () => desk.agent(laptop)],
      [addressOnly, () => desk.agent(laptop), () => desk.book({})],
      [() => desk.agent(laptop), addressOnly, () => desk.book({})],
    ];
    for (const order of orders) {
      desk = startDesk();
      for (const act of order) await act();
      const { assets, cis, bindings } = desk.estate();
      expect([assets.length, cis.length, bindings.length]).toEqual([1, 1, 1]);
      expect(checkEstate(desk.table.items())).toEqual([]);
    }
  });
  it('are not brought together against a contradiction', async () => {
    await desk.book({});
    const other = { name: 'other', serial: 'OTHER77', macs: ['a4:bb:6d:00:00:01'] };
    await desk.agent(other, 'probe');
    await desk.agent(laptop);
    expect([desk.estate().assets.length, desk.estate().cis.length]).toEqual([2, 2]);
    expect(checkEstate(desk.table.items())).toEqual([]);
  });
  it('hand the claims of the network over to the asset with the binding', async () => {
    await desk.agent({ name: 'sky-lt-1', macs: ['a4:bb:6d:00:00:01', 'a4:bb:6d:00:00:02'] }, 'probe');
    await desk.book({ 'MAC Address': 'a4:bb:6d:00:00:01' });
    const [asset] = desk.estate().assets;
    const holders = desk
      .estate()
      .claims.filter(({ value }) => value.claimKey.startsWith('mac#'))
      .map(({ value }) => value.holders);
    expect(holders).toEqual([[{ assetId: asset?.value.assetId }], [{ assetId: asset?.value.assetId }]]);
  });
});

describe('a record that may be several things', () => {
  it('is ambiguous with its candidates and evidence, and picks none', async () => {
    await desk.book({ 'Asset Tag': 'SKY-1', 'Serial Number': 'AAAA1111' });
    await desk.book({ 'Asset Tag': 'SKY-2', 'Serial Number': 'BBBB2222' });
    const before = digestOf(desk.table.items(), { versions: true });
    const { records } = await desk.book({ 'Asset Tag': 'SKY-1', 'Serial Number': 'BBBB2222' }, 'another');
    expect(records[0]).toMatchObject({ outcome: 'ambiguous' });
    expect(records[0]?.candidates).toHaveLength(2);
    expect(records[0]?.candidates?.every(({ evidence }) => evidence.length > 0)).toBe(true);
    expect(records[0]).not.toHaveProperty('assetId');
    expect(digestOf(desk.table.items(), { versions: true })).toEqual(before);
  });
  it('is two things when vendors of one serial differ', async () => {
    await desk.agent({ name: 'a', serial: 'SHARED12', vendor: 'Dell Inc.' });
    const { records } = await desk.agent({ name: 'b', serial: 'SHARED12', vendor: 'Hewlett-Packard' });
    expect(records[0]?.outcome).toBe('created');
    expect(desk.estate().assets).toHaveLength(2);
    expect(desk.estate().claims.find(({ value }) => value.claimKey === 'serial#SHARED12')?.value.holders).toHaveLength(
      2,
    );
  });
});
