import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { DiscoveryRecord } from '../../domain/discovery/record.ts';
import { type Contender, moreCredible } from '../../domain/merge/contenders.ts';
import { checkEstate } from '../support/import-check.ts';
import { discovered } from '../support/import-records.ts';
import { startMergeWorld } from '../support/merge-world.ts';

const day = (n: number) => `2026-05-0${n}T06:00:00.000Z`;

/** One guest that two sources know as two, each on a host of its own. */
const startGuests = async (seen: { a: number; b: number }, hosts = { a: 'host-a', b: 'host-b' }) => {
  const world = startMergeWorld();
  const [a, b] = [await world.ci(hosts.a), hosts.a === hosts.b ? '' : await world.ci(hosts.b)];
  const hostIds = { a, b: b === '' ? a : b };
  let files = 0;
  const say = async (source: 'a' | 'b', n: number, host: string, more: Partial<DiscoveryRecord> = {}) => {
    files += 1;
    const { assetKind: _none, ...record } = discovered({
      nativeKey: `vm-${source}`,
      nature: 'virtual',
      ciClass: 'virtual-machine',
      name: 'crewplan',
    });
    const told: DiscoveryRecord = {
      ...record,
      identifiers: [{ type: 'cloudId', value: `projects/skyways/instances/${source}` }],
      relations: [{ type: 'runs on', direction: 'out', record: host }],
      observedAt: day(n),
      ...more,
    };
    const physical: DiscoveryRecord = discovered({ nativeKey: host, name: host });
    const { records } = await world.rig.importRecords(`vc-${source}`, `f${files}`, [
      { ...physical, identifiers: [{ type: 'serial', value: `SKY${host.toUpperCase().replace('-', '0')}` }] },
      told,
    ]);
    return { hostId: records[0]?.ciId ?? '', ciId: records[1]?.ciId ?? '' };
  };
  const one = await say('a', seen.a, hosts.a);
  const two = await say('b', seen.b, hosts.b);
  const carriers = async (ciId: string) => {
    const { items } = await world.ask('listCiRelationships', { path: { ciId }, query: { type: 'runs on' } });
    return items.filter(({ from }: { from: string }) => from === ciId).map(({ to }: { to: string }) => to);
  };
  return { ...world, say, hostIds, one, two, carriers };
};

describe('a guest that was known as two', () => {
  it('runs on the host where it was seen last, whichever stays; taken back, each is where it was', async () => {
    for (const seen of [
      { a: 1, b: 2 },
      { a: 2, b: 1 },
    ]) {
      for (const stays of ['one', 'two'] as const) {
        const { merge, unmerge, one, two, carriers, table } = await startGuests(seen);
        const [survivor, absorbed] = stays === 'one' ? [one, two] : [two, one];
        const { body } = await merge(survivor.ciId, absorbed.ciId);
        const last = seen.a > seen.b ? one : two;
        expect(await carriers(survivor.ciId)).toEqual([last.hostId]);
        const slot = table.items().find(({ e, pk }) => e === 'edge slot' && pk.endsWith(survivor.ciId));
        expect(slot?.d).toMatchObject({ observedAt: day(2) });
        expect((await unmerge(body.merge.mergeId)).status).toBe(200);
        expect([await carriers(one.ciId), await carriers(two.ciId)]).toEqual([[one.hostId], [two.hostId]]);
        expect(checkEstate(table.items())).toEqual([]);
      }
    }
  });

  it('keeps the one host that both name, and what a person said before all', async () => {
    const same = await startGuests({ a: 1, b: 2 }, { a: 'host-a', b: 'host-a' });
    await same.merge(same.one.ciId, same.two.ciId);
    expect(await same.carriers(same.one.ciId)).toEqual([same.one.hostId]);

    const said = await startGuests({ a: 1, b: 2 });
    await said.relate(said.one.ciId, 'runs on', said.one.hostId);
    await said.merge(said.one.ciId, said.two.ciId);
    expect(await said.carriers(said.one.ciId)).toEqual([said.one.hostId]);
  });
});

describe('a host that was known as two', () => {
  it('keeps the places of its guests: what a person said of one still goes before what a source says', async () => {
    const { one, say, merge, unmerge, relate, ci, ask, table, carriers } = await startGuests({ a: 1, b: 2 });
    const [old, host] = [await ci('host-old'), await ci('host-new')];
    await ask('createRelationship', { body: { from: one.ciId, type: 'runs on', to: old, replace: true } });
    const place = () => table.items().find(({ e, pk }) => e === 'edge slot' && pk.endsWith(one.ciId))?.d;
    const before = place();
    const { body } = await merge(host, old);
    expect(await carriers(one.ciId)).toEqual([host]);
    expect(place()).not.toEqual(before);
    await say('a', 3, 'host-a', { name: 'crewplan-1' });
    expect(await carriers(one.ciId)).toEqual([host]);
    expect((await unmerge(body.merge.mergeId)).status).toBe(200);
    expect([await carriers(one.ciId), place()]).toEqual([[old], before]);
    await expect(relate(one.ciId, 'runs on', host)).rejects.toThrow('can only do so once');
  });
});

describe('which of two stays', () => {
  it('does not depend on the order in which they are compared', () => {
    const contender: fc.Arbitrary<Contender> = fc.record({
      relationshipId: fc.constantFrom('rel_a', 'rel_b', 'rel_c'),
      isSaid: fc.boolean(),
      seenAt: fc.constantFrom(day(1), day(2)),
    });
    fc.assert(
      fc.property(fc.array(contender, { minLength: 1, maxLength: 5 }), (all) => {
        const best = (list: Contender[]) => list.reduce(moreCredible);
        expect(best([...all].reverse())).toEqual(best(all));
      }),
    );
  });
});

describe('the bindings of a merged CI', () => {
  it('are those of both, under the ids that they had; of before the merge only its own', async () => {
    const world = startMergeWorld();
    const [one, two] = [await world.ci('gate-7'), await world.ci('gate-7-agent')];
    const [first, second] = [await world.asset({ serial: 'SKYGATE1' }), await world.asset({ serial: 'SKYGATE2' })];
    await world.bind(first, two);
    await world.swap(two, { assetId: second });
    const before = (await world.getCi(two)).updatedAt;
    const { body } = await world.merge(one, two);
    const history = async (query = {}) =>
      (await world.bindings(one, query)).map(({ assetId, ciId }: { assetId: string; ciId: string }) => [assetId, ciId]);
    expect(await history()).toEqual([
      [first, two],
      [second, two],
      [second, one],
    ]);
    expect(await history({ asOf: before })).toEqual([]);
    await world.unmerge(body.merge.mergeId);
    expect(await history()).toEqual([[second, one]]);
  });
});
