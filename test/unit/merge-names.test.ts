import { describe, expect, it } from '@jest/globals';
import type { DiscoveryRecord } from '../../domain/discovery/record.ts';
import { checkEstate } from '../support/import-check.ts';
import { agentJson } from '../support/import-fleet.ts';
import { discovered } from '../support/import-records.ts';
import { startMergeWorld } from '../support/merge-world.ts';

/** A source lists one machine under two names; both CIs are merged. */
const startNamedTwice = async () => {
  const world = startMergeWorld();
  let files = 0;
  const say = async (nativeKey: string, time: string, more: Partial<DiscoveryRecord> = {}) => {
    files += 1;
    const { assetKind: _none, ...record } = discovered({
      nativeKey,
      nature: 'virtual',
      ciClass: 'virtual-machine',
      name: nativeKey,
    });
    const identifiers = [{ type: 'cloudId' as const, value: `projects/skyways/instances/${nativeKey}` }];
    const told = { ...record, identifiers, observedAt: `2026-05-04T${time}.000Z`, ...more };
    return (await world.rig.importRecords('cloud', `n${files}`, [told])).records[0];
  };
  const one = (await say('vm-1', '06:00:00'))?.ciId ?? '';
  const two = (await say('vm-2', '06:01:00'))?.ciId ?? '';
  const remove = (nativeKey: string, time: string) => say(nativeKey, time, { action: 'delete', sections: {} });
  const status = async (ciId = one) => (await world.getCi(ciId)).status;
  const { body } = await world.merge(one, two);
  return { ...world, one, two, say, remove, status, mergeId: body.merge.mergeId };
};

describe('a CI that one source names twice since a merge', () => {
  it('is retired by the last of its records, in either order', async () => {
    for (const [first, last] of [
      ['vm-1', 'vm-2'],
      ['vm-2', 'vm-1'],
    ] as const) {
      const { remove, say, status, table, one } = await startNamedTwice();
      const told = await remove(first, '08:00:00');
      expect(told).toMatchObject({ ciId: one, warnings: [{ code: 'listed-otherwise' }] });
      expect(await status()).toBe('operational');
      expect((await say(first, '07:00:00', { sections: { resource: { size: 'large' } } }))?.ciId).toBe(one);
      expect(await status()).toBe('operational');
      await remove(last, '09:00:00');
      expect(await status()).toBe('retired');
      await say(first, '10:00:00', { sections: { resource: { size: 'small' } } });
      expect(await status()).toBe('operational');
      expect(checkEstate(table.items())).toEqual([]);
    }
  });

  it('is retired when both records are gone in one file', async () => {
    const { rig, status, one } = await startNamedTwice();
    const gone = (nativeKey: string): DiscoveryRecord => {
      const { assetKind: _none, ...record } = discovered({ nativeKey, nature: 'virtual', ciClass: 'virtual-machine' });
      return { ...record, action: 'delete', sections: {}, observedAt: '2026-05-04T08:00:00.000Z' };
    };
    const { records } = await rig.importRecords('cloud', 'both', [gone('vm-1'), gone('vm-2')]);
    expect(records.map(({ ciId }) => ciId)).toEqual([one, one]);
    expect(await status()).toBe('retired');
  });

  it('is missing when no name of it is listed any more, and back with the first', async () => {
    for (const listed of [0, 1]) {
      const world = startMergeWorld();
      const machines = [
        { name: 'ck-1', serial: 'MRG00001', deviceId: 'ck-1-a', seenAt: '2026-05-01 06:00:00' },
        { name: 'ck-2', serial: 'MRG00002', deviceId: 'ck-1-b', seenAt: '2026-05-02 06:00:00' },
        { name: 'other', serial: 'MRG00003', deviceId: 'other', seenAt: '2026-05-02 06:00:00' },
      ] as const;
      let sent = 0;
      const list = async (n: number) => {
        const machine = machines[n] ?? machines[0];
        const { run } = await world.rig.importFile('agents', `s${sent++}`, agentJson(machine), { snapshot: 'true' });
        if (run.status !== 'held') return;
        await world.rig.startApplying(run.runId);
        await world.rig.context.queue.send([{ tenant: run.tenant, runId: run.runId, phase: 'absence', chunk: 0 }]);
        await world.rig.work();
      };
      const found = [];
      for (const machine of machines)
        found.push((await world.rig.importFile('agents', machine.deviceId, agentJson(machine))).records[0]?.ciId ?? '');
      const [one = '', two = ''] = found;
      const merged = await world.merge(one, two, { assets: 'merge' });
      expect(merged.status).toBe(201);
      const status = async () => (await world.getCi(one)).status;
      await list(listed);
      expect(await status()).toBe('operational');
      await list(2);
      expect(await status()).toBe('missing');
      await list(listed);
      expect(await status()).toBe('operational');
    }
  });

  it('is two again, each with its own word of what is gone', async () => {
    const { remove, unmerge, status, mergeId, one, two } = await startNamedTwice();
    expect((await unmerge(mergeId)).status).toBe(200);
    await remove('vm-2', '08:00:00');
    expect([await status(one), await status(two)]).toEqual(['operational', 'retired']);
  });
});
