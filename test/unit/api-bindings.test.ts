import { describe, expect, it } from '@jest/globals';
import type { Asset } from '../../domain/asset/asset.ts';
import { assetEntity } from '../../functions/assets/entity.ts';
import { claimEntity } from '../../functions/lookup/entity.ts';
import { startApp } from '../support/app.ts';
import { putDiscovered } from '../support/discovered.ts';

const at = '2026-01-01T00:00:00.000Z';

describe('bindings and lookup', () => {
  it('bind an asset to a CI once, hand over hardware identifiers, and are found from both', async () => {
    const { call, table } = startApp();
    const { ciId } = putDiscovered(table);
    const { assetId } = (await call('createAsset', { body: { serial: 'SRV-0042', manufacturer: 'Dell' } })).body;
    expect((await call('lookUp', { query: { mac: 'A4BB.6D00.0001' } })).body.matches).toEqual([{ ciId }]);
    const bound = await call('createBinding', { body: { assetId, ciId } });
    expect(bound.status).toBe(201);
    const both = [{ ciId, assetId }];
    for (const query of [{ mac: 'a4:bb:6d:00:00:01' }, { serial: 'srv-0042' }, { fqdn: 'CREW1.skyways.example.' }]) {
      expect((await call('lookUp', { query })).body.matches).toEqual(both);
    }
    const asset = (await call('getAsset', { path: { assetId } })).body;
    expect(asset).toMatchObject({ ciId, bindingId: bound.body.bindingId, version: 2 });
    expect(asset.identifiers).toContainEqual({ type: 'mac', value: 'a4:bb:6d:00:00:01' });
    expect((await call('getCi', { path: { ciId } })).body).toMatchObject({ assetId, bindingId: bound.body.bindingId });
    expect((await call('listCiBindings', { path: { ciId } })).body.items).toEqual([bound.body]);

    const spare = (await call('createAsset', { body: {} })).body.assetId;
    const again = await call('createBinding', { body: { assetId: spare, ciId } });
    expect(again.status).toBe(409);
    expect(again.body.detail).toContain(bound.body.bindingId);
    const other = (await call('createCi', { body: { class: 'server', name: 'crew2' } })).body.ciId;
    expect((await call('createBinding', { body: { assetId, ciId: other } })).body.detail).toContain(ciId);
  });

  it('refuse what cannot be bound', async () => {
    const { call } = startApp();
    const asset = async (body: object) => (await call('createAsset', { body })).body.assetId as string;
    const ci = async (name: string) => (await call('createCi', { body: { class: name, name } })).body.ciId as string;
    const server = await ci('server');
    const attempt = async (assetId: string, ciId: string) => {
      const { status, body } = await call('createBinding', { body: { assetId, ciId } });
      return [status, body.errors?.[0]?.pointer];
    };
    expect(await attempt(await asset({ status: 'requested' }), server)).toEqual([422, '#/body/assetId']);
    expect(await attempt(await asset({ kind: 'software' }), server)).toEqual([422, '#/body/assetId']);
    expect(await attempt(await asset({}), await ci('application'))).toEqual([422, '#/body/ciId']);
    expect(await attempt(await asset({}), server)).toEqual([201, undefined]);
  });

  it('let one of two racing bindings win', async () => {
    const { call } = startApp();
    const { ciId } = (await call('createCi', { body: { class: 'server', name: 'crew3' } })).body;
    const ids = await Promise.all([1, 2].map(async () => (await call('createAsset', { body: {} })).body.assetId));
    const answers = await Promise.all(ids.map((assetId) => call('createBinding', { body: { assetId, ciId } })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
  });

  it('look up exactly one usable identifier, in at most two round trips', async () => {
    const { call, table } = startApp();
    putDiscovered(table);
    const trips = table.meter.roundTrips;
    await call('lookUp', { query: { mac: 'a4:bb:6d:00:00:01' } });
    expect(table.meter.roundTrips - trips).toBe(2);
    expect((await call('lookUp', { query: { serial: 'NOBODY-1' } })).body).toEqual({ matches: [] });
    expect((await call('lookUp', { query: {} })).body.errors[0].pointer).toBe('#/query');
    expect((await call('lookUp', { query: { serial: 'A1B2', mac: 'x' } })).status).toBe(400);
    expect((await call('lookUp', { query: { uuid: 'not a uuid' } })).body.errors[0].pointer).toBe('#/query/uuid');
    table.put(
      claimEntity.toItem('skyways', { claimKey: 'serial#HALFWAY', holders: [{ assetId: `ast_${'e'.repeat(26)}` }] }, 1),
    );
    expect((await call('lookUp', { query: { serial: 'halfway' } })).body).toEqual({ matches: [] });
  });
});

describe('stored entities', () => {
  it('carry no index key for a value that is not shown', () => {
    const asset: Asset = {
      assetId: `ast_${'b'.repeat(26)}`,
      kind: 'hardware',
      status: 'in-stock',
      statusSetBy: 'import',
      identifiers: [],
      facets: {
        book: { half: 'book', sections: { itam: { at, hash: 'h', values: { location: 'Hangar 3', holder: '' } } } },
      },
      bindings: 0,
      origin: { correlationId: 'run' },
      createdAt: at,
    };
    const item = assetEntity.toItem('skyways', asset, 1);
    expect(Object.keys(item).sort()).toEqual(['d', 'e', 'g2pk', 'g2sk', 'g3pk', 'g3sk', 'pk', 'sk', 'v']);
    expect(item.g3pk).toMatch(/^skyways#location#hangar 3#\d+$/);
  });
});
