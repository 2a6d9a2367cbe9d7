import { describe, expect, it } from '@jest/globals';
import { startApp } from '../support/app.ts';
import { laptop } from '../support/laptop.ts';

describe('POST /assets', () => {
  it('makes an asset of what a person says, with location and ETag', async () => {
    const { call } = startApp();
    const made = await call('createAsset', { body: { ...laptop, macs: ['A4-BB-6D-11-22-33'] } });
    expect(made.status).toBe(201);
    expect(made.headers.location).toBe(`/assets/${made.body.assetId}`);
    expect(made.headers.etag).toBe('"v1"');
    expect(made.body).toMatchObject({ ...laptop, status: 'in-stock', kind: 'hardware', version: 1 });
    expect(made.body.identifiers).toEqual([
      { type: 'assetTag', value: 'SKY-0001' },
      { type: 'mac', value: 'a4:bb:6d:11:22:33' },
      { type: 'serial', value: '5CG1234XYZ', qualifier: 'hp' },
    ]);
    expect(made.body.sources).toEqual([{ source: 'manual', half: 'manual', lastObservedAt: made.body.createdAt }]);
    const read = await call('getAsset', { path: { assetId: made.body.assetId } });
    expect(read.body).toEqual(made.body);
  });

  it('refuses a serial, tag or MAC that another has, and names the holder', async () => {
    const { call, table } = startApp();
    const first = (await call('createAsset', { body: { ...laptop, macs: ['A4-BB-6D-11-22-33'] } })).body;
    const before = table.items().length;
    const taken = async (body: object) => {
      const answer = await call('createAsset', { body });
      expect(answer.status).toBe(409);
      expect(answer.body).toMatchObject({ type: 'urn:hangar:problem:duplicate' });
      expect(answer.body.detail).toContain(first.assetId);
      return answer.body.errors.map(({ pointer }: { pointer: string }) => pointer);
    };
    expect(await taken({ serial: ' 5cg1234xyz ' })).toEqual(['#/body/serial']);
    expect(await taken({ assetTag: 'sky-0001', serial: '5CG1234XYZ', manufacturer: 'Hewlett-Packard' })).toHaveLength(
      2,
    );
    expect(await taken({ macs: ['a4bb.6d11.2233'] })).toEqual(['#/body/macs']);
    expect(table.items()).toHaveLength(before);
  });

  it('takes the same serial of another known vendor, but not of an unknown one', async () => {
    const { call } = startApp();
    await call('createAsset', { body: { serial: 'SHARED-77', manufacturer: 'HP' } });
    const other = await call('createAsset', { body: { serial: 'SHARED-77', manufacturer: 'Cisco' } });
    expect(other.status).toBe(201);
    expect((await call('createAsset', { body: { serial: 'SHARED-77' } })).status).toBe(409);
    const found = await call('lookUp', { query: { serial: 'shared-77' } });
    expect(found.body.matches).toHaveLength(2);
  });

  it('gives one of two racing creators of the same serial the asset, the other the duplicate', async () => {
    const { call } = startApp();
    const answers = await Promise.all([1, 2, 3].map(() => call('createAsset', { body: { serial: 'RACE-0001' } })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
  });

  it('refuses placeholders, unknown and server-owned fields and impossible beginnings, each with its pointer', async () => {
    const { call } = startApp();
    const pointers = async (body: object, status: number) => {
      const answer = await call('createAsset', { body });
      expect(answer.status).toBe(status);
      return answer.body.errors.map(({ pointer }: { pointer: string }) => pointer);
    };
    expect(await pointers({ serial: 'To be filled by O.E.M.', macs: ['nonsense'] }, 422)).toEqual([
      '#/body/serial',
      '#/body/macs/0',
    ]);
    expect(await pointers({ macs: ['nonsense'] }, 422)).toEqual(['#/body/macs/0']);
    expect(await pointers({ colour: 'red', version: 7, assetId: 'x' }, 400)).toEqual([
      '#/body/colour',
      '#/body/version',
      '#/body/assetId',
    ]);
    expect(await pointers({ status: 'disposed' }, 400)).toEqual(['#/body/status']);
    expect(await pointers({ purchaseCost: { minor: 1.5, currency: 'EUR' } }, 400)).toEqual([
      '#/body/purchaseCost/minor',
    ]);
  });
});

describe('PATCH /assets/{assetId}', () => {
  it('locks what is given, gives back what is null, leaves the rest, and changes nothing for nothing', async () => {
    const { call } = startApp();
    const { assetId } = (await call('createAsset', { body: laptop })).body;
    const path = { assetId };
    const edit = (body: object, version: number) =>
      call('editAsset', { path, body, headers: { 'if-match': `"v${version}"` } });
    const edited = await edit({ location: 'Gate 7', holder: null }, 1);
    expect(edited.body).toMatchObject({ location: 'Gate 7', costCentre: 'CC-410', version: 2 });
    expect(edited.body).not.toHaveProperty('holder');
    const same = await edit({ location: 'Gate 7' }, 2);
    expect(same.body).toEqual(edited.body);
    expect((await edit({ status: 'deployed' }, 2)).body.errors[0].pointer).toBe('#/body/status');
  });

  it('moves the claims of serial and tag along, and refuses those of others', async () => {
    const { call } = startApp();
    const first = (await call('createAsset', { body: laptop })).body;
    const second = (await call('createAsset', { body: { assetTag: 'SKY-0002' } })).body;
    const edit = (assetId: string, body: object, version: number) =>
      call('editAsset', { path: { assetId }, body, headers: { 'if-match': `"v${version}"` } });
    expect((await edit(second.assetId, { assetTag: 'SKY-0001' }, 1)).status).toBe(409);
    const renamed = await edit(first.assetId, { assetTag: 'SKY-0009', serial: null }, 1);
    expect(renamed.body.identifiers).toEqual([{ type: 'assetTag', value: 'SKY-0009' }]);
    expect((await edit(second.assetId, { assetTag: 'SKY-0001', serial: laptop.serial }, 1)).status).toBe(200);
    const found = await call('lookUp', { query: { assetTag: 'SKY-0001' } });
    expect(found.body.matches).toEqual([{ assetId: second.assetId }]);
    expect((await call('lookUp', { query: { assetTag: 'sky-0009' } })).body.matches).toEqual([
      { assetId: first.assetId },
    ]);
  });

  it('keeps the claim under its new qualifier when only the manufacturer changes', async () => {
    const { call } = startApp();
    const { assetId } = (await call('createAsset', { body: { serial: 'TWIN-42', manufacturer: 'HP' } })).body;
    await call('editAsset', { path: { assetId }, body: { manufacturer: 'Cisco' }, headers: { 'if-match': '"v1"' } });
    expect((await call('createAsset', { body: { serial: 'TWIN-42', manufacturer: 'Cisco' } })).status).toBe(409);
    expect((await call('createAsset', { body: { serial: 'TWIN-42', manufacturer: 'HP' } })).status).toBe(201);
  });
});
