import { describe, expect, it } from '@jest/globals';
import { relationshipsAt } from '../../functions/relationships/relationships-at.ts';
import { startApp } from '../support/app.ts';
import { startFleet } from '../support/fleet.ts';
import { memoryTable } from '../support/memory-table.ts';
import { walkPages } from '../support/walk-pages.ts';

/** Just before a moment. */
const justBefore = (at: string): string => new Date(Date.parse(at) - 1).toISOString();

describe('which airframe flew flight 12 on 3 May?', () => {
  it('is answered by its bindings, by the CI and by each airframe, as of then', async () => {
    const { ci, asset, bind, swap, bindings, getCi, getAsset } = startFleet();
    const flight = await ci('flight-12');
    const [kaa, kbb] = [await asset({ name: 'OY-KAA' }), await asset({ name: 'OY-KBB', location: 'Hangar 3' })];
    const flown = (await bind(kaa, flight)).validFrom;
    const swapped = (await swap(flight, { assetId: kbb })).body.opened.validFrom;

    for (const [asOf, airframe] of [
      [flown, kaa],
      [justBefore(swapped), kaa],
      [swapped, kbb],
    ] as const) {
      const open = (await bindings(flight, { asOf })).filter(
        ({ validTo }: { validTo?: string }) => validTo === undefined,
      );
      expect(open.map(({ assetId }: { assetId: string }) => assetId)).toEqual([airframe]);
      expect((await getCi(flight, { asOf })).assetId).toBe(airframe);
      expect((await getAsset(airframe, { asOf })).ciId).toBe(flight);
    }
    expect((await getCi(flight, { asOf: justBefore(flown) })).assetId).toBeUndefined();
    expect(await bindings(flight, { asOf: justBefore(flown) })).toEqual([]);
    const onceInHangar = await getAsset(kbb, { asOf: justBefore(swapped) });
    expect(onceInHangar).toMatchObject({ status: 'in-stock', location: 'Hangar 3', version: 1 });
  });
});

describe('asOf', () => {
  it('gives the present itself while the relay lags, and reads one item of history for the past', async () => {
    const { call, table, keepHistory } = startApp();
    const { assetId } = (await call('createAsset', { body: { name: 'one' } })).body;
    const edit = async (name: string, version: number) =>
      (await call('editAsset', { path: { assetId }, body: { name }, headers: { 'if-match': `"v${version}"` } })).body;
    const two = await edit('two', 1);
    const read = (asOf: string) => call('getAsset', { path: { assetId }, query: { asOf } });
    expect((await read(two.updatedAt)).body).toEqual(two);
    const lagging = await read(justBefore(two.updatedAt));
    expect([lagging.status, lagging.body.fix]).toEqual([409, 'Try again in a moment.']);
    await keepHistory();
    const three = await edit('three', 2);
    await keepHistory();
    await read(three.updatedAt);
    const spent = table.meter.roundTrips;
    expect((await read(justBefore(three.updatedAt))).body).toEqual(two);
    expect(table.meter.roundTrips - spent).toBe(2);
  });

  it('says since when there is something to read', async () => {
    const { asset, getAsset, call, ask } = startFleet();
    const assetId = await asset();
    const { createdAt } = await getAsset(assetId);
    for (const version of [1, 2]) {
      await ask('editAsset', {
        path: { assetId },
        body: { notes: `${version}` },
        headers: { 'if-match': `"v${version}"` },
      });
    }
    const answer = await call('getAsset', { path: { assetId }, query: { asOf: justBefore(createdAt) } });
    expect([answer.status, answer.body.fix]).toEqual([404, `It exists since ${createdAt}.`]);
    expect(answer.body.type).toBe('urn:hangar:problem:not-found');
  });

  it('is any ISO timestamp of the past, and nothing else', async () => {
    const { asset, call, getAsset } = startFleet();
    const assetId = await asset();
    const { createdAt } = await getAsset(assetId);
    const local = createdAt.replace(
      /T(\d\d)(.*)Z$/,
      (_: string, hour: string, rest: string) => `T${String(Number(hour) + 2).padStart(2, '0')}${rest}+02:00`,
    );
    for (const asOf of [createdAt, createdAt.replace('.000Z', 'Z'), createdAt.replace('Z', '999Z'), local]) {
      expect([asOf, (await call('getAsset', { path: { assetId }, query: { asOf } })).status]).toEqual([asOf, 200]);
    }
    for (const asOf of [
      '2999-01-01T00:00:00Z',
      '9999-12-31T23:59:59-05:00',
      '3 May',
      '2026-05-03',
      '2026-05-03T10:00:00',
      '',
    ]) {
      const answer = await call('getAsset', { path: { assetId }, query: { asOf } });
      expect([asOf, answer.status, answer.body.errors[0].pointer]).toEqual([asOf, 400, '#/query/asOf']);
    }
  });

  it('shows relationships that were open then, also those closed and opened again since', async () => {
    const { ci, relate, ask, table, call } = startFleet();
    const [app, one, two] = [await ci('app', 'application'), await ci('host 1'), await ci('host 2')];
    const edge = await relate(app, 'runs on', one);
    const headers = (version: number) => ({ 'if-match': `"v${version}"` });
    const close = (version: number) =>
      ask('closeRelationship', { path: { relationshipId: edge.relationshipId }, headers: headers(version) });
    const closed = await close(1);
    const other = await relate(app, 'depends on', two);
    const again = await relate(app, 'runs on', one);
    expect(again.relationshipId).toBe(edge.relationshipId);
    const at = async (ciId: string, asOf: string, direction: 'in' | 'out') => {
      const { items } = (await call('listCiRelationships', { path: { ciId }, query: { asOf, direction } })).body;
      const { relationships, truncated } = await relationshipsAt(table, 'skyways', [ciId], direction, asOf);
      expect(truncated).toBe(false);
      expect(relationships.map(({ value, version }) => ({ ...value, version }))).toEqual(items);
      return items.map(({ relationshipId }: { relationshipId: string }) => relationshipId).sort();
    };
    const moments = [
      [edge.validFrom, [edge]],
      [justBefore(closed.validTo), [edge]],
      [closed.validTo, []],
      [justBefore(again.validFrom), [other]],
      [again.validFrom, [edge, other]],
    ] as const;
    for (const [asOf, open] of moments) {
      const ids = open.map(({ relationshipId }) => relationshipId).sort();
      expect([asOf, await at(app, asOf, 'out')]).toEqual([asOf, ids]);
      expect(await at(one, asOf, 'in')).toEqual(ids.filter((id) => id === edge.relationshipId));
    }
    const { relationships, truncated } = await relationshipsAt(table, 'skyways', [app], 'out', undefined, 1);
    expect([relationships.length, truncated]).toEqual([1, true]);
  });

  it('shows lists as they were: filters look at the past, and what was not there yet is left out', async () => {
    const { asset, ci, call, ask, getAsset } = startFleet();
    const ids = [];
    for (let n = 0; n < 12; n += 1) ids.push(await asset({ location: n < 6 ? 'Gate 7' : 'Hangar 3' }));
    const server = await ci('book1');
    const asOf = (await getAsset(ids.at(-1) ?? '')).createdAt;
    for (const assetId of ids.slice(0, 3)) {
      await ask('editAsset', { path: { assetId }, body: { location: 'Hangar 3' }, headers: { 'if-match': '"v1"' } });
    }
    await ask('transitionAsset', { path: { assetId: ids[4] ?? '' }, body: { to: 'lost' } });
    await asset({ location: 'Gate 7' });
    const list = async (query: Record<string, string>) =>
      (await walkPages(call, 'listAssets', { query: { limit: '2', ...query } }))
        .flatMap(({ items }) => items)
        .map(({ assetId }) => assetId)
        .sort();
    expect(await list({ location: 'gate 7', asOf })).toEqual(ids.slice(0, 6).sort());
    expect(await list({ location: 'gate 7', status: 'in-stock', asOf })).toHaveLength(6);
    expect(await list({ location: 'gate 7', status: 'in-stock' })).toHaveLength(3);
    expect(await list({ asOf })).toEqual([...ids].sort());
    const cis = async (query: Record<string, string>) => (await call('listCis', { query })).body.items;
    expect(await cis({ asOf })).toEqual([]);
    expect((await cis({ class: 'server' })).map(({ ciId }: { ciId: string }) => ciId)).toEqual([server]);
  });

  it('finds what had an identifier then, and what it was bound to', async () => {
    const { asset, ci, bind, swap, call, ask, getAsset } = startFleet();
    const flight = await ci('flight-12');
    const [first, second] = [await asset({ serial: 'OY-KAA' }), await asset({ notes: 'nameless' })];
    const { createdAt } = await getAsset(first);
    const bound = await bind(first, flight);
    await ask('editAsset', { path: { assetId: second }, body: { serial: 'OY-KBB' }, headers: { 'if-match': '"v1"' } });
    const named = await getAsset(second);
    const swapped = (await swap(flight, { assetId: second })).body.opened.validFrom;
    const lookUp = async (serial: string, asOf: string) =>
      (await call('lookUp', { query: { serial, asOf } })).body.matches;
    expect(await lookUp('OY-KAA', justBefore(createdAt))).toEqual([]);
    expect(await lookUp('OY-KAA', createdAt)).toEqual([{ assetId: first }]);
    expect(await lookUp('OY-KAA', bound.validFrom)).toEqual([{ assetId: first, ciId: flight }]);
    expect(await lookUp('OY-KAA', swapped)).toEqual([{ assetId: first }]);
    expect(await lookUp('OY-KBB', justBefore(named.updatedAt))).toEqual([]);
    expect(await lookUp('OY-KBB', justBefore(swapped))).toEqual([{ assetId: second }]);
    for (const serial of ['OY-KAA', 'OY-KBB']) {
      expect(await lookUp(serial, swapped)).toEqual((await call('lookUp', { query: { serial } })).body.matches);
    }
    expect((await call('lookUp', { query: { asOf: swapped } })).status).toBe(400);
  });

  it('ends a history, and tells what was allowed then', async () => {
    const { asset, ask, call } = startFleet();
    const assetId = await asset();
    const lost = await ask('transitionAsset', { path: { assetId }, body: { to: 'lost' } });
    const retired = await ask('transitionAsset', { path: { assetId }, body: { to: 'retired' } });
    const history = async (asOf: string) =>
      (await call('listAssetHistory', { path: { assetId }, query: { asOf } })).body.items.map(
        ({ version }: { version: number }) => version,
      );
    expect(await history(retired.updatedAt)).toEqual([3, 2, 1]);
    expect(await history(justBefore(retired.updatedAt))).toEqual([2, 1]);
    const then = await ask('listTransitions', { path: { assetId }, query: { asOf: lost.updatedAt } });
    expect(then.status).toBe('lost');
  });

  it('lists bindings in the order of time, page by page', async () => {
    const { ci, asset, bind, swap, call } = startFleet(memoryTable());
    const flight = await ci('flight-12');
    const airframes = [await asset(), await asset(), await asset()];
    await bind(airframes[0] ?? '', flight);
    for (let n = 1; n <= 8; n += 1) expect((await swap(flight, { assetId: airframes[n % 3] })).status).toBe(200);
    const pages = await walkPages(call, 'listCiBindings', { path: { ciId: flight }, query: { limit: '4' } });
    expect(pages.map(({ items }) => items.length)).toEqual([4, 4, 1]);
    const order = pages.flatMap(({ items }) => items.map(({ assetId }: { assetId: string }) => assetId));
    expect(order).toEqual(Array.from({ length: 9 }, (_, n) => airframes[n % 3]));
  });
});
