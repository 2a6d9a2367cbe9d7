import { describe, expect, it } from '@jest/globals';
import { flightTwelve } from '../support/fleet.ts';

describe('reverting a swap', () => {
  it('keeps what somebody has changed since', async () => {
    const { ciId, first, second, swap, revert, getAsset, ask } = await flightTwelve();
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
    const { ciId, first, second, swap, revert, ask, ci, bind, getCi, call } = await flightTwelve();
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
