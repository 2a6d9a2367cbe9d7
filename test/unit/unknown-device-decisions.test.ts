import { describe, expect, it } from '@jest/globals';
import { host, mac, on, world } from '../support/unknown-world.ts';

describe('a decision', () => {
  it('approves: the device is seen without a word', async () => {
    const { scan, rows, decide, relay } = world();
    await scan([host()]);
    const [row] = await rows();
    expect((await decide(row.unknownId, { decision: 'approve' })).body).toMatchObject({
      state: 'approved',
      decision: { by: 'kim', reason: 'looked at it' },
    });
    await relay();
    await scan([host(on('2026-12-20'))]);
    expect(await relay()).toEqual([]);
    expect(await rows('approved')).toHaveLength(1);
  });
  it('ignores until a moment, after which it is told of once', async () => {
    const { scan, rows, decide, relay } = world();
    await scan([host()]);
    const { unknownId } = (await rows())[0];
    expect((await decide(unknownId, { decision: 'ignore' })).status).toBe(400);
    expect((await decide(unknownId, { decision: 'ignore', until: '2025-01-01T00:00:00.000Z' })).status).toBe(422);
    const { body } = await decide(unknownId, { decision: 'ignore', until: '2026-11-25T01:00:00+01:00' });
    expect(body.decision.until).toBe('2026-11-25T00:00:00.000Z');
    await relay();
    await scan([host(on('2026-11-24'))]);
    expect(await relay()).toEqual([]);
    await scan([host(on('2026-11-25'))]);
    await scan([host({ observedAt: '2026-11-25T07:00:00.000Z' })]);
    expect(await relay()).toEqual([['UnknownDeviceDetected', 'ignore-expired']]);
    expect(await rows('open')).toHaveLength(1);
  });
  it('blocks: it is told of once a day when it is seen again', async () => {
    const { scan, rows, decide, relay } = world();
    await scan([host()]);
    await decide((await rows())[0].unknownId, { decision: 'block' });
    await relay();
    await scan([host()]);
    expect(await relay()).toEqual([]);
    await scan([host(on('2026-11-24'))]);
    await scan([host({ observedAt: '2026-11-24T07:00:00.000Z' })]);
    expect(await relay()).toEqual([['UnknownDeviceDetected', 'blocked-seen']]);
    await scan([host(on('2026-11-25'))]);
    expect(await relay()).toEqual([['UnknownDeviceDetected', 'blocked-seen']]);
    expect(await rows('blocked')).toHaveLength(1);
  });
  it.each([true, false])('converts to an asset bound to its CI, where there is one: %s', async (hasCi) => {
    const { scan, rows, decide, relay, call } = world();
    await scan([host({ partial: !hasCi })]);
    const [row] = await rows();
    const { status, body } = await decide(row.unknownId, {
      decision: 'convert',
      assetTag: 'SKY-900',
      class: 'printer',
    });
    expect([status, body.state]).toEqual([200, 'converted']);
    if (hasCi) expect(body.ciId).toBe(row.ciId);
    const asset = (await call('getAsset', { path: { assetId: body.assetId } })).body;
    expect(asset).toMatchObject({ ciId: body.ciId, status: 'deployed', assetTag: 'SKY-900', name: 'espresso' });
    expect((await call('getCi', { path: { ciId: body.ciId } })).body.class).toBe('printer');
    expect((await call('lookUp', { query: { mac } })).body.matches).toEqual([
      { assetId: body.assetId, ciId: body.ciId },
    ]);
    await relay();
    const { records } = await scan([host(on('2026-11-25'))]);
    expect(records[0]).toMatchObject({ assetId: body.assetId });
    expect(await rows('open')).toEqual([]);
    expect((await decide(row.unknownId, { decision: 'approve' })).status).toBe(409);
  });
  it('to convert names a class of hardware', async () => {
    const { scan, rows, decide } = world();
    await scan([host()]);
    const { unknownId } = (await rows())[0];
    const refused = await decide(unknownId, { decision: 'convert', class: 'business-service' });
    expect([refused.status, refused.body.errors[0].pointer]).toEqual([422, '#/body/class']);
  });
  it('is for those who may', async () => {
    const { call, scan, rows } = world();
    await scan([host()]);
    const request = { path: { unknownId: (await rows())[0].unknownId }, body: { decision: 'block', reason: 'x' } };
    expect((await call('decideUnknownDevice', { ...request, roles: ['viewer'] })).status).toBe(403);
    expect((await call('decideUnknownDevice', { ...request, tenant: 'other' })).status).toBe(404);
  });
});
