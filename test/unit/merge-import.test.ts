import { describe, expect, it } from '@jest/globals';
import { checkEstate } from '../support/import-check.ts';
import { startMergeWorld } from '../support/merge-world.ts';

describe('imports after a merge', () => {
  it('know every name of the two as the survivor, and make no twin', async () => {
    for (const order of [0, 1]) {
      const world = startMergeWorld();
      const pair = await world.twice();
      const [survivor, absorbed] = order === 0 ? pair : [pair[1], pair[0]];
      const { body } = await world.merge(survivor, absorbed);
      expect(body.moved.sources).toBeGreaterThan(0);
      const again = await world.everySource();
      expect(again.map((one) => one?.outcome)).toEqual(['unchanged', 'unchanged', 'unchanged', 'linked']);
      expect(new Set(again.slice(1).map((one) => one?.ciId))).toEqual(new Set([survivor]));
      const later = await world.everySource({ os: 'Debian 13', seenAt: '2026-06-01 06:00:00' });
      expect(later.map((one) => one?.outcome)).toEqual(['unchanged', 'updated', 'updated', 'updated']);
      expect(new Set(later.slice(1).map((one) => one?.ciId))).toEqual(new Set([survivor]));
      expect(world.standing()).toMatchObject({ cis: [{ ciId: survivor }], assets: [{}] });
      expect(checkEstate(world.table.items())).toEqual([]);
    }
  });

  it('give back to each, when it is taken back, what its source has said since', async () => {
    const world = startMergeWorld();
    const [one, two] = await world.twice();
    const { body } = await world.merge(one, two);
    await world.byUuid({ os: 'Debian 13', seenAt: '2026-06-01 06:00:00' });
    const { status } = await world.unmerge(body.merge.mergeId);
    expect(status).toBe(200);
    const [first, second] = [await world.getCi(one), await world.getCi(two)];
    expect(first.attributes['os.osName']).toBeUndefined();
    expect(second.attributes['os.osName']).toBe('Debian 13');
    expect([first.name, second.name]).toEqual(['ck-1', 'ck-1-kvm']);
    expect(await world.byUuid({ os: 'Debian 13', seenAt: '2026-06-01 06:00:00' })).toMatchObject({ ciId: two });
    expect(await world.bySerial()).toMatchObject({ outcome: 'unchanged', ciId: one });
    expect(checkEstate(world.table.items())).toEqual([]);
  });

  it('refuse to take back what cannot be told apart, unless a person says whose it is', async () => {
    const world = startMergeWorld();
    const [one, two] = await world.twice();
    const { body } = await world.merge(one, two);
    await world.byBoth();
    const refused = await world.unmerge(body.merge.mergeId);
    expect(refused.status).toBe(409);
    expect(refused.body.errors.length).toBeGreaterThan(0);
    expect(refused.body.errors[0]).toMatchObject({
      pointer: '#/body/untold',
      detail: expect.stringContaining('intune'),
    });
    expect((await world.unmerge(body.merge.mergeId, { untold: 'absorbed' })).status).toBe(200);
    const sources = async (ciId: string) =>
      (await world.getCi(ciId)).sources.map(({ source }: { source: string }) => source).sort();
    expect([await sources(one), await sources(two)]).toEqual([['glpi'], ['intune', 'ocs']]);
  });
});
