import { describe, expect, it } from '@jest/globals';
import { claimEntity } from '../../functions/lookup/entity.ts';
import { WriteConflict } from '../../functions/store/table.ts';
import { putDiscovered } from '../support/discovered.ts';
import { cost, flightTwelve, startFleet } from '../support/fleet.ts';
import { memoryTable } from '../support/memory-table.ts';

describe('a swap', () => {
  it('moves binding, status and custody in one act and keeps the CI', async () => {
    const { ciId, first, second, swap, getAsset, getCi, bindings, table, ci, relate, ask } = await flightTwelve();
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
    const { ciId, second, swap, table, ci, relate } = await flightTwelve();
    const application = await ci('crew-app', 'application');
    const service = await ci('Crew planning', 'business-service');
    const unharmed = await ci('Payroll', 'business-service');
    await relate(application, 'runs on', ciId);
    await relate(service, 'depends on', application);
    await relate(ciId, 'depends on', unharmed);
    const core = await ci('core', 'network-device');
    await relate(ciId, 'connected to', core);
    await relate(unharmed, 'runs on', core);
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
