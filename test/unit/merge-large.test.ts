import { describe, expect, it } from '@jest/globals';
import type { Ci } from '../../domain/ci/ci.ts';
import { ciEntity } from '../../functions/cis/entity.ts';
import { startWork } from '../../functions/store/unit-of-work.ts';
import { startFleet } from '../support/fleet.ts';
import { checkEstate } from '../support/import-check.ts';
import { relayed, tableWithStream } from '../support/import-relay.ts';

const guests = 80;
const later = '2026-12-31T00:00:00.000Z';

/** A host that runs everything at the gates, and its twin that runs one thing; the relay is taken forward by hand. */
const startHosts = async (type = 'runs on', guestClass = 'application') => {
  const { table, stream } = tableWithStream();
  const fleet = startFleet(table);
  const types: string[] = [];
  let done = 0;
  /** Relays all there is, or until a merge has been taken one step further. */
  const relay = async (until: 'end' | 'step' = 'end') => {
    for (let isStep = false; done < stream.length && !(isStep && until === 'step'); done += 1) {
      const change = stream[done];
      if (change?.after?.c === undefined || change.after.e === 'history') continue;
      types.push(...(await relayed(table, [change])).events.map(({ type }) => type));
      isStep = change.after.e === 'merge';
    }
  };
  const [one, two] = [await fleet.ci('host-1'), await fleet.ci('host-1-old')];
  for (let n = 0; n < guests; n += 1) await fleet.relate(await fleet.ci(`gate-${n}`, guestClass), type, two);
  const own = await fleet.ci('tower', 'application');
  if (type === 'runs on') await fleet.relate(own, type, one);
  await fleet.relate(one, 'connected to', two);
  await relay();
  const merge = (survivor = one, absorbed = two) =>
    fleet.call('merge', { body: { survivor: { ciId: survivor }, absorbed: { ciId: absorbed } } });
  const state = async (mergeId: string) => (await fleet.ask('getMerge', { path: { mergeId } })).state;
  const edges = async (ciId: string) =>
    (await fleet.ask('listCiRelationships', { path: { ciId }, query: { limit: '100' } })).items;
  const suffering = async (ciId: string) =>
    (await fleet.ask('getImpact', { path: { ciId }, query: { limit: '500' } })).nodes;
  return { ...fleet, table, one, two, own, relay, merge, state, edges, suffering, types };
};

describe('a host with 80 guests', () => {
  it('is one from the first moment on, whatever is still on its way', async () => {
    const { one, two, merge, relay, state, edges, suffering, call, types, table } = await startHosts();
    const guest = (await edges(two)).find(({ type }: { type: string }) => type === 'runs on').from;
    const { status, body } = await merge();
    expect([status, body.merge.state]).toEqual([201, 'merging']);
    const { mergeId } = body.merge;
    let between = 0;
    while ((await state(mergeId)) === 'merging') {
      expect((await edges(one)).map(({ to }: { to: string }) => to)).toEqual(Array(guests + 1).fill(one));
      expect(await edges(guest)).toMatchObject([{ from: guest, to: one }]);
      const impact = await suffering(one);
      expect(impact.length).toBe(guests + 1);
      const upstream = await call('getImpact', { path: { ciId: guest }, query: { direction: 'upstream' } });
      expect(upstream.body.nodes.map(({ ciId }: { ciId: string }) => ciId)).toEqual([one]);
      between += 1;
      await relay('step');
    }
    expect(between).toBeGreaterThan(5);
    await relay();
    expect((await edges(one)).length).toBe(guests + 1);
    expect((await suffering(one)).length).toBe(guests + 1);
    const map = await call('getMap', { path: { ciId: two } });
    expect([map.status, map.headers.location]).toEqual([308, `/cis/${one}/map`]);
    const moved = await call('getImpact', { path: { ciId: two }, query: { depth: '3' } });
    expect([moved.status, moved.headers.location]).toEqual([308, `/cis/${one}/impact?depth=3`]);
    const asked = await call('assessFailures', { body: { failures: [two] } });
    expect(asked).toMatchObject({ status: 409, body: { fix: `Say ${one} instead.` } });
    const causes = await call('findRootCauses', { body: { symptoms: [two, guest] } });
    expect(causes).toMatchObject({ status: 409, body: { fix: `Say ${one} instead.` } });
    expect(types.filter((type) => ['CisMerged', 'MergeCompleted', 'MergeAdvanced'].includes(type))).toEqual([
      'CisMerged',
      'MergeCompleted',
    ]);
    expect(checkEstate(table.items())).toEqual([]);
  });

  it('is held while it is on its way, and can be taken apart again', async () => {
    const { one, two, own, ci, merge, relay, state, edges, call, table, types } = await startHosts();
    const { mergeId } = (await merge()).body.merge;
    const unmerge = () => call('unmerge', { path: { mergeId }, body: {} });
    expect(await unmerge()).toMatchObject({ status: 409, body: { fix: expect.stringContaining('says merged') } });
    const other = await ci('host-2');
    for (const [survivor, absorbed] of [
      [one, other],
      [other, one],
    ] as const)
      expect((await merge(survivor, absorbed)).body.detail).toBe(`${two} is being merged into ${one} right now.`);
    await relay();
    expect(await state(mergeId)).toBe('merged');
    expect(await unmerge()).toMatchObject({ status: 200, body: { merge: { state: 'unmerging' } } });
    await relay();
    expect(await state(mergeId)).toBe('unmerged');
    expect((await edges(two)).length).toBe(guests + 1);
    expect((await edges(one)).map(({ from }: { from: string }) => from).sort()).toEqual(
      [own, [one, two].sort()[0]].sort(),
    );
    expect(types.filter((type) => type.startsWith('Unmerge'))).toEqual(['UnmergeCompleted']);
    expect(checkEstate(table.items())).toEqual([]);
    expect((await merge(other, one)).status).toBe(201);
  });

  it('cannot be retired meanwhile, but by an import: then its relationships end with it when they have come', async () => {
    const { one, merge, relay, state, call, ask, table, edges } = await startHosts('connected to', 'server');
    const { mergeId } = (await merge()).body.merge;
    await relay('step');
    const { version } = await ask('getCi', { path: { ciId: one } });
    const headers = { 'if-match': `"v${version}"` };
    const refused = await call('editCi', { path: { ciId: one }, body: { status: 'retired' }, headers });
    expect(refused).toMatchObject({ status: 409, body: { fix: expect.stringContaining('says merged') } });
    const work = startWork(table, { tenant: 'skyways', by: 'source:cloud', now: later, correlationId: 'run' });
    const retire = (ci: Ci): Ci => ({ ...ci, status: 'retired' });
    await work.update(ciEntity, one, retire, { type: 'CiUpdated' });
    await work.commit();
    await relay();
    expect(await state(mergeId)).toBe('merged');
    expect(await edges(one)).toEqual([]);
  });
});
