import { gzipSync } from 'node:zlib';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { laptop, startDesk } from '../support/import-desk.ts';
import { agentJson, bookCsv } from '../support/import-fleet.ts';
import { digestOf } from '../support/import-state.ts';

let desk: ReturnType<typeof startDesk>;
beforeEach(() => {
  desk = startDesk();
});

describe('an observation that comes late', () => {
  it('changes nothing, and the newest is applied again when it comes again', async () => {
    const newest = { ...laptop, os: 'Debian 13', seenAt: '2026-11-21 06:00:00' };
    await desk.agent(laptop);
    await desk.agent(newest);
    const known = digestOf(desk.table.items());
    const late = await desk.agent({ ...laptop, os: 'Debian 11', seenAt: '2026-11-19 06:00:00' });
    expect(late.records[0]).toMatchObject({
      outcome: 'unchanged',
      warnings: expect.arrayContaining([expect.objectContaining({ code: 'stale-observation' })]),
    });
    expect(digestOf(desk.table.items())).toEqual(known);
    const older = await desk.agent({ ...laptop, os: 'Debian 11', seenAt: '2026-11-22 06:00:00' });
    expect(older.records[0]?.outcome).toBe('updated');
    expect(desk.sectionsOf('agents').os?.values).toMatchObject({ osName: 'Debian 11' });
  });
  it('from a clock that runs years ahead does not lock out what follows', async () => {
    const { records } = await desk.agent({ ...laptop, seenAt: '2099-01-01 00:00:00' });
    expect(records[0]?.warnings.map(({ code }) => code)).toContain('clock-ahead');
    await desk.agent({ ...laptop, os: 'Debian 13', seenAt: '2026-11-23 06:00:00' });
    expect(desk.sectionsOf('agents').os?.values).toMatchObject({ osName: 'Debian 13' });
  });
});

describe('a plan', () => {
  const guests = [{ name: 'guest-1', uuid: '7d3c2b1a-0000-4000-8000-000000000011' }];
  it('writes no entity, and reports what applying then does', async () => {
    await desk.book({ Holder: 'Astrid' });
    const before = digestOf(desk.table.items(), { versions: true });
    const content = agentJson({ ...laptop, guests });
    const planned = await desk.rig.importFile('agents', 'plan.json', content, { mode: 'plan' });
    expect(planned.run).toMatchObject({
      status: 'planned',
      mode: 'plan',
      counts: { records: 2, linked: 1, created: 1 },
    });
    expect(digestOf(desk.table.items(), { versions: true })).toEqual(before);
    expect([...desk.rig.data.kept.keys()].filter((key) => key.startsWith('details/'))).toEqual([]);
    const applied = await desk.rig.importFile('agents', 'apply.json', content);
    const essence = ({ records }: typeof planned) =>
      records.map(({ warnings: _warnings, seen: _seen, considered: _considered, ...rest }) => ({
        ...rest,
        changes: rest.changes?.filter(({ entity }) => entity !== 'binding'),
      }));
    expect(essence(applied)).toEqual(essence(planned));
  });
  it('knows what the records before it would have made', async () => {
    const twice = bookCsv([{ 'Asset Tag': 'SKY-1' }, { 'Asset Tag': 'SKY-1', Holder: 'Astrid' }]);
    const planned = await desk.rig.importFile('register', 'plan.csv', twice, { mode: 'plan' });
    const applied = await desk.rig.importFile('register', 'apply.csv', twice);
    expect(planned.records.map(({ outcome }) => outcome)).toEqual(applied.records.map(({ outcome }) => outcome));
  });
});

describe('an upload packed with gzip', () => {
  it('is read whatever it is called', async () => {
    const plain = await desk.rig.importFile('agents', 'a.json', agentJson(laptop));
    const packed = await desk.rig.importFile('agents', 'b.json', gzipSync(agentJson({ ...laptop, name: 'renamed' })));
    expect([plain.run.status, packed.run.status]).toEqual(['completed', 'completed']);
    expect(packed.records[0]?.outcome).toBe('updated');
  });
});

describe('a source with an odd name', () => {
  it('may be called like what every object has', async () => {
    await desk.agent(laptop, 'constructor');
    const again = await desk.agent({ ...laptop, os: 'Debian 13', seenAt: '2026-11-21 06:00:00' }, 'constructor');
    expect(again.records[0]?.outcome).toBe('updated');
    expect(Object.keys(desk.estate().cis[0]?.value.facets ?? {})).toEqual(['constructor']);
  });
});
