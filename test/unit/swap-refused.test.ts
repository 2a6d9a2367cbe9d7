import { describe, expect, it } from '@jest/globals';
import { flightTwelve } from '../support/fleet.ts';

describe('a swap', () => {
  it('is refused with every reason at once, in a preview as in earnest', async () => {
    const { ciId, first, second, swap, ci, asset, bind, ask, table } = await flightTwelve();
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
    const { ciId, swap, ci, asset, bind, bindings, getCi, revert } = await flightTwelve();
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
});
