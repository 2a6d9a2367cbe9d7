import { describe, expect, it } from '@jest/globals';
import { claimEntity } from '../../functions/lookup/entity.ts';
import { WriteConflict } from '../../functions/store/table.ts';
import { putDiscovered } from '../support/discovered.ts';
import { startFleet } from '../support/fleet.ts';
import { memoryTable } from '../support/memory-table.ts';

const cost = (minor: number) => ({ minor, currency: 'EUR' });

/** Flight SK12 on airframe OY-KAA, with OY-KBB at hand; a service depends on the flight's server. */
const skyways = async () => {
  const fleet = startFleet();
  const ciId = await fleet.ci('flight-12');
  const first = await fleet.asset({
    serial: 'OY-KAA',
    holder: 'Crew A',
    location: 'Gate 7',
    costCentre: 'OPS',
    purchaseCost: cost(100_000),
    warrantyEnd: '2027-01-31',
  });
  const second = await fleet.asset({ serial: 'OY-KBB', location: 'Hangar 3', purchaseCost: cost(130_000) });
  await fleet.bind(first, ciId);
  await fleet.ask('transitionAsset', { path: { assetId: first }, body: { to: 'deployed' } });
  return { ...fleet, ciId, first, second };
};

describe('a swap', () => {
  it('moves binding, status and custody in one act and keeps the CI', async () => {
    const { ciId, first, second, swap, getAsset, getCi, bindings, table, ci, relate, ask } = await skyways();
    const service = await ci('Booking', 'business-service');
    const edge = await relate(service, 'runs on', ciId);
    const before = await getCi(ciId);
    const { status, body } = await swap(ciId, { assetId: second, outgoingAssetTo: 'in-repair' });
    expect(status).toBe(200);
    const [closed, opened, ...rest] = await bindings(ciId);
    expect(rest).toEqual([]);
    expect(body).toMatchObject({ preview: false, ciId, closed, opened });
    expect(closed).toMatchObject({ assetId: first, validTo: opened.validFrom, version: 2 });
    expect(opened).toMatchObject({ assetId: second, swap: { replaces: closed.bindingId } });
    expect(opened.validTo).toBeUndefined();

    const [outgoing, incoming] = [await getAsset(first), await getAsset(second)];
    expect(outgoing).toMatchObject({ status: 'in-repair', costCentre: 'OPS' });
    expect(['ciId', 'holder', 'location'].map((field) => outgoing[field])).toEqual([undefined, undefined, undefined]);
    expect(incoming).toMatchObject({
      status: 'deployed',
      ciId,
      holder: 'Crew A',
      location: 'Gate 7',
      costCentre: 'OPS',
    });
    expect(body).toMatchObject({ outgoing, incoming });
    const { version, updatedAt, ...after } = await getCi(ciId);
    expect(after).toEqual({
      ...Object.fromEntries(Object.entries(before).filter(([name]) => name in after)),
      assetId: second,
      bindingId: opened.bindingId,
    });
    expect(version).toBe(before.version + 1);
    expect((await ask('listCiRelationships', { path: { ciId } })).items).toEqual([edge]);
    expect((await ask('lookUp', { query: { serial: 'OY-KAA' } })).matches).toEqual([{ assetId: first }]);
    expect((await ask('lookUp', { query: { serial: 'OY-KBB' } })).matches).toEqual([{ ciId, assetId: second }]);

    const changes = table
      .items()
      .filter((item) => item.e !== 'history' && (item.c as { reason?: string })?.reason === 'A-check');
    expect(changes.map(({ c }) => (c as { type: string }).type).sort()).toEqual(
      ['AssetBound', 'AssetStatusChanged', 'AssetStatusChanged', 'AssetUnbound', 'CiUpdated'].sort(),
    );
    expect(new Set(changes.map(({ c }) => (c as { correlationId: string }).correlationId)).size).toBe(1);
    expect(new Set(changes.map(({ c }) => (c as { at: string }).at))).toEqual(new Set([updatedAt]));
  });

  it('tells in a preview what would happen, and writes nothing', async () => {
    const { ciId, second, swap, table, ci, relate } = await skyways();
    const application = await ci('crew-app', 'application');
    const service = await ci('Crew planning', 'business-service');
    const unharmed = await ci('Payroll', 'business-service');
    await relate(application, 'runs on', ciId);
    await relate(service, 'depends on', application);
    await relate(ciId, 'depends on', unharmed);
    const before = table.items();
    const { status, body } = await swap(ciId, { assetId: second }, { preview: 'true' });
    expect(status).toBe(200);
    expect(table.items()).toEqual(before);
    expect(body.preview).toBe(true);
    expect(body.atRisk).toEqual({
      services: [{ ciId: service, class: 'business-service', depth: 2, name: 'Crew planning' }],
      truncated: false,
    });
    expect(body.cost).toMatchObject({
      outgoing: { purchaseCost: cost(100_000), warrantyEnd: '2027-01-31' },
      incoming: { purchaseCost: cost(130_000) },
      difference: cost(30_000),
    });
    expect(body.changes).toContainEqual({
      entity: 'asset',
      id: second,
      field: 'location',
      before: 'Hangar 3',
      after: 'Gate 7',
    });
    expect((await swap(ciId, { assetId: second })).body.changes).toEqual(body.changes);
  });

  it('is refused with every reason at once, in a preview as in earnest', async () => {
    const { ciId, first, second, swap, ci, asset, bind, ask, table } = await skyways();
    const refusal = async (body: object) => {
      const answers = [await swap(ciId, body), await swap(ciId, body, { preview: 'true' })];
      const [act, preview] = answers.map(({ status, body }) => ({
        status,
        detail: body.detail as string,
        fix: body.fix as string | undefined,
        pointers: (body.errors ?? []).map(({ pointer }: { pointer: string }) => pointer),
      }));
      expect(preview).toEqual(act);
      return act;
    };
    const before = table.items();
    expect(await refusal({ assetId: first })).toMatchObject({
      status: 409,
      detail: expect.stringContaining('already'),
    });
    expect(await refusal({ assetId: second, outgoingAssetTo: 'disposed' })).toMatchObject({
      status: 409,
      detail: expect.stringContaining('Allowed now: in-stock, in-repair, lost, stolen, retired.'),
      pointers: ['#/body/outgoingAssetTo'],
    });
    expect(await refusal({ assetId: second, outgoingAssetTo: 'deployed' })).toMatchObject({ status: 409 });
    expect(await refusal({ assetId: second, incomingTo: 'lost' })).toMatchObject({ pointers: ['#/body/incomingTo'] });
    expect(table.items()).toEqual(before);

    const software = await asset({ kind: 'software' });
    expect(await refusal({ assetId: software, outgoingAssetTo: 'disposed' })).toMatchObject({
      status: 422,
      pointers: ['#/body/assetId', '#/body/outgoingAssetTo'],
    });
    await ask('transitionAsset', { path: { assetId: second }, body: { to: 'lost' } });
    expect(await refusal({ assetId: second })).toMatchObject({ status: 422, detail: expect.stringContaining('lost') });
    const [third, other] = [await asset(), await ci('flight-13')];
    await bind(third, other);
    expect(await refusal({ assetId: third })).toMatchObject({ status: 409, fix: expect.stringContaining(other) });
    expect(await refusal({ assetId: third, incomingFrom: ciId })).toMatchObject({ status: 409 });
    expect(await refusal({ assetId: await asset(), incomingFrom: other })).toMatchObject({
      pointers: ['#/body/incomingFrom'],
    });
    expect((await swap(await ci('flight-14'), { assetId: second })).body.detail).toContain('nothing to swap');
    expect((await swap(ciId, { assetId: second, reason: ' ' })).body.errors[0].pointer).toBe('#/body/reason');
  });

  it('takes the incoming asset from the CI it realises when the caller names that', async () => {
    const { ciId, swap, ci, asset, bind, bindings, getCi, revert } = await skyways();
    const [third, other] = [await asset(), await ci('flight-13')];
    await bind(third, other);
    expect((await swap(ciId, { assetId: third, incomingFrom: other })).status).toBe(200);
    const [left] = await bindings(other);
    const [, opened] = await bindings(ciId);
    expect(left.validTo).toBe(opened.validFrom);
    expect((await getCi(other)).assetId).toBeUndefined();
    expect((await revert(ciId)).status).toBe(200);
    expect((await getCi(other)).assetId).toBeUndefined();
  });

  it('keeps intervals in order though the clock runs backwards', async () => {
    const { asset, ci, bind, swap, bindings } = startFleet(memoryTable(), (n) => -n * 1000);
    const [ciId, other] = [await ci('flight-12'), await ci('flight-13')];
    const [first, second] = [await asset(), await asset()];
    await bind(first, ciId);
    expect((await swap(ciId, { assetId: second })).status).toBe(200);
    const again = await bind(first, other);
    const [closed, opened] = await bindings(ciId);
    expect(closed.validFrom <= closed.validTo).toBe(true);
    expect(opened.validFrom).toBe(closed.validTo);
    expect(again.validFrom >= closed.validTo).toBe(true);
  });

  it('takes hardware identifiers and facts along, and leaves the logical ones', async () => {
    const { asset, swap, ask, table, getCi, getAsset } = startFleet();
    const discovered = putDiscovered(table);
    const { ciId } = discovered;
    const [first, second] = [await asset({ serial: 'SRV-0042' }), await asset({ serial: 'SRV-0043' })];
    await ask('createBinding', { body: { assetId: first, ciId } });
    expect((await getCi(ciId)).identifiers).toEqual([{ type: 'fqdn', value: 'crew1.skyways.example' }]);
    const leftOver = { claimKey: 'mac#a4:bb:6d:00:00:01', holders: [{ ciId }] };
    table.put(claimEntity.toItem('skyways', leftOver, 3));
    expect((await swap(ciId, { assetId: second })).status).toBe(200);
    expect((await ask('lookUp', { query: { mac: 'a4:bb:6d:00:00:01' } })).matches).toEqual([{ assetId: first }]);
    expect((await ask('lookUp', { query: { fqdn: 'crew1.skyways.example' } })).matches).toEqual([
      { ciId, assetId: second },
    ]);
    expect((await getAsset(first)).identifiers).toContainEqual({ type: 'mac', value: 'a4:bb:6d:00:00:01' });
    const { identifiers, name, attributes } = await getCi(ciId);
    expect(identifiers).toEqual([{ type: 'fqdn', value: 'crew1.skyways.example' }]);
    expect([name, attributes['os.version']]).toEqual(['crew1', '12']);
  });

  it('is written whole or not at all, wherever the table fails', async () => {
    for (const broken of ['before', 'conflict', 'after'] as const) {
      const table = memoryTable();
      let [armed, writes] = [false, 0];
      const { asset, ci, bind, swap, bindings, getAsset, getCi } = startFleet({
        ...table,
        transact: async (all) => {
          if (armed) writes += 1;
          if (armed && broken === 'before') throw new Error('no connection');
          if (armed && broken === 'conflict') throw new WriteConflict([]);
          await table.transact(all);
          if (armed) throw new Error('the answer was lost');
        },
        writeEach: async (all) => {
          if (armed) throw new Error('a swap writes in one transaction only');
          return table.writeEach(all);
        },
      });
      const [ciId, first, second] = [await ci('flight-12'), await asset({ holder: 'Crew A' }), await asset()];
      await bind(first, ciId);
      const seen = async () => [await bindings(ciId), await getAsset(first), await getAsset(second), await getCi(ciId)];
      const before = await seen();
      armed = true;
      const answer = await swap(ciId, { assetId: second });
      armed = false;
      expect([answer.status, writes]).toEqual(broken === 'conflict' ? [429, 4] : [500, 1]);
      if (broken !== 'after') expect(await seen()).toEqual(before);
      const done = (await getCi(ciId)).assetId === second;
      expect(done).toBe(broken === 'after');
      expect((await getAsset(second)).ciId).toBe(done ? ciId : undefined);
      expect((await bindings(ciId)).map(({ validTo }: { validTo?: string }) => validTo === undefined)).toEqual(
        done ? [false, true] : [true],
      );
    }
  });
});

describe('reverting a swap', () => {
  it('keeps what somebody has changed since', async () => {
    const { ciId, first, second, swap, revert, getAsset, ask } = await skyways();
    await swap(ciId, { assetId: second, outgoingAssetTo: 'in-repair' });
    const edit = async (assetId: string, body: object) => {
      const { version } = await getAsset(assetId);
      await ask('editAsset', { path: { assetId }, body, headers: { 'if-match': `"v${version}"` } });
    };
    await edit(first, { location: 'Hangar 9', notes: 'new engine' });
    await ask('transitionAsset', { path: { assetId: first }, body: { to: 'in-stock' } });
    await ask('transitionAsset', { path: { assetId: second }, body: { to: 'lost' } });
    expect((await revert(ciId)).status).toBe(200);
    expect(await getAsset(first)).toMatchObject({
      status: 'deployed',
      ciId,
      holder: 'Crew A',
      location: 'Hangar 9',
      notes: 'new engine',
    });
    const lost = await getAsset(second);
    expect(lost).toMatchObject({ status: 'lost', location: 'Hangar 3' });
    expect(lost.holder).toBeUndefined();
  });

  it('is refused when there was none, when the asset is gone, or before its history is written', async () => {
    const { ciId, first, second, swap, revert, ask, ci, bind, getCi, call } = await skyways();
    expect((await revert(ciId)).body.detail).toContain('no swap');
    await swap(ciId, { assetId: second, outgoingAssetTo: 'in-repair' });
    await ask('transitionAsset', { path: { assetId: first }, body: { to: 'lost' } });
    expect((await revert(ciId)).status).toBe(422);
    await ask('transitionAsset', { path: { assetId: first }, body: { to: 'in-stock' } });
    const other = await ci('flight-13');
    await bind(first, other);
    const refused = await revert(ciId);
    expect([refused.status, refused.body.fix]).toEqual([409, expect.stringContaining(`returningFrom: ${other}`)]);
    const preview = { path: { ciId }, query: { preview: 'true' }, body: { reason: 'x', returningFrom: other } };
    expect((await call('revertSwap', preview)).body.preview).toBe(true);
    expect((await getCi(ciId)).assetId).toBe(second);
    expect((await revert(ciId, { returningFrom: other })).status).toBe(200);
    expect((await getCi(ciId)).assetId).toBe(first);
  });
});

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
