import { describe, expect, it } from '@jest/globals';
import { startFleet } from '../support/fleet.ts';

describe('replacing a CI', () => {
  it('moves its open edges, both ways, and keeps the service', async () => {
    const { ci, relate, call, ask } = startFleet();
    const [service, old, by] = [await ci('Booking', 'business-service'), await ci('book1'), await ci('book2', 'vm')];
    const [rack, net] = [await ci('rack', 'power'), await ci('core', 'network-device')];
    await relate(service, 'runs on', old);
    await relate(old, 'depends on', rack);
    await relate(old, 'connected to', net);
    await relate(by, 'depends on', rack);
    await relate(old, 'associated with', by);
    const edges = async (ciId: string) =>
      (await ask('listCiRelationships', { path: { ciId } })).items
        .map(({ type, from, to }: Record<string, string>) => [type, [from, to].find((end) => end !== ciId)])
        .sort();
    const replace = (body: object) =>
      call('replaceCi', { path: { ciId: old }, body: { reason: 'moved to a VM', ...body } });
    const only = await replace({ byCiId: by, types: ['runs_on'] });
    expect(only.body.moved).toHaveLength(1);
    expect((await replace({ byCiId: by })).status).toBe(200);
    expect(await edges(old)).toEqual([['associated with', by]]);
    expect(await edges(by)).toEqual(
      [
        ['associated with', old],
        ['connected to', net],
        ['depends on', rack],
        ['runs on', service],
      ].sort(),
    );
    expect((await replace({ byCiId: by })).body.detail).toContain('no open relationship');
    expect((await replace({ byCiId: service, types: ['associated with'] })).body.detail).toContain('layers');
    expect((await replace({ byCiId: old })).status).toBe(422);
  });

  it('takes 45 edges in one act, and refuses 46', async () => {
    const { ci, relate, call } = startFleet();
    const [old, by] = [await ci('hub'), await ci('new hub')];
    for (let n = 0; n < 46; n += 1) {
      const type = n < 45 ? 'depends on' : 'runs on';
      await relate(await ci(`leaf ${n}`, 'application'), type, old);
    }
    const replace = (body: object) =>
      call('replaceCi', { path: { ciId: old }, body: { byCiId: by, reason: 'x', ...body } });
    const tooMany = await replace({});
    expect([tooMany.status, tooMany.body.fix]).toEqual([422, expect.stringContaining('types')]);
    expect((await replace({ types: ['depends on'] })).body.moved).toHaveLength(45);
  });
});
