import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type OperationName, startApp } from '../support/app.ts';
import { dynamoForTests } from '../support/dynamo-for-tests.ts';
import { walkPages } from '../support/walk-pages.ts';

let dynamo: Awaited<ReturnType<typeof dynamoForTests>>;
beforeAll(async () => {
  dynamo = await dynamoForTests();
});
afterAll(() => dynamo.stop());

describe('the API on the real DynamoDB protocol', () => {
  it('lists over shards and facets in pages', async () => {
    const { call } = startApp(await dynamo.emptyTable());
    for (let n = 0; n < 40; n += 1) {
      const location = n % 4 === 0 ? 'Hangar 3' : 'Gate 7';
      await call('createAsset', { body: { name: `asset ${n}`, assetTag: `SKY-${n + 100}`, location } });
    }
    const list = async (query: Record<string, string>) =>
      (await walkPages(call, 'listAssets', { query })).flatMap(({ items }) => items);
    expect(new Set((await list({ limit: '7' })).map(({ assetId }) => assetId)).size).toBe(40);
    expect(await list({ limit: '3', location: 'hangar 3', status: 'in-stock' })).toHaveLength(10);
    expect(await list({ holder: 'nobody' })).toEqual([]);
  });

  it('relates, closes, binds and finds', async () => {
    const { call } = startApp(await dynamo.emptyTable());
    const make = async (name: OperationName, body: object) => (await call(name, { body })).body;
    const booking = await make('createCi', { class: 'business-service', name: 'Booking' });
    const server = await make('createCi', { class: 'server', name: 'book1' });
    const asset = await make('createAsset', { serial: 'SRV-7001', manufacturer: 'Dell' });
    const edge = await make('createRelationship', { type: 'runs on', from: booking.ciId, to: server.ciId });
    await make('createBinding', { assetId: asset.assetId, ciId: server.ciId });
    const inward = { path: { ciId: server.ciId }, query: { direction: 'in' } };
    expect((await call('listCiRelationships', inward)).body.items).toEqual([edge]);
    expect((await call('lookUp', { query: { serial: 'srv-7001' } })).body.matches).toEqual([
      { ciId: server.ciId, assetId: asset.assetId },
    ]);
    expect((await call('listCiBindings', { path: { ciId: server.ciId } })).body.items).toHaveLength(1);
    const path = { relationshipId: edge.relationshipId };
    expect((await call('closeRelationship', { path, headers: { 'if-match': '"v1"' } })).status).toBe(200);
    expect((await call('listCiRelationships', inward)).body.items).toEqual([]);
  });

  it('lets one of many racing writers win: of a version, of a serial, of an Idempotency-Key', async () => {
    const { call } = startApp(await dynamo.emptyTable());
    const eight = <T>(act: (n: number) => Promise<T>) => Promise.all(Array.from({ length: 8 }, (_, n) => act(n)));
    const serials = await eight(() => call('createAsset', { body: { serial: 'RACE-7001' } }));
    expect(serials.map(({ status }) => status).sort()).toEqual([201, ...Array(7).fill(409)]);
    const headers = { 'idempotency-key': 'one intent' };
    const repeated = await eight(() => call('createAsset', { body: { name: 'once' }, headers }));
    expect(repeated.map(({ status }) => status)).toEqual(Array(8).fill(201));
    expect(new Set(repeated.map(({ body }) => body.assetId)).size).toBe(1);
    const path = { assetId: repeated[0]?.body.assetId as string };
    const edits = await eight((n) =>
      call('editAsset', { path, body: { notes: `${n}` }, headers: { 'if-match': '"v1"' } }),
    );
    expect(edits.map(({ status }) => status).sort()).toEqual([200, ...Array(7).fill(412)]);
    expect((await walkPages(call, 'listAssets', {})).flatMap(({ items }) => items)).toHaveLength(2);
  });
});
