import { describe, expect, it } from '@jest/globals';
import { startApp } from '../support/app.ts';
import { laptop } from '../support/laptop.ts';
import { walkPages } from '../support/walk-pages.ts';

describe('GET /assets', () => {
  const fill = async () => {
    const app = startApp();
    for (let n = 0; n < 60; n += 1) {
      const location = n % 3 === 0 ? 'Hangar 3' : 'gate 7';
      const status = n % 2 === 0 ? 'in-stock' : 'deployed';
      const holder = n < 5 ? 'Robin Vale' : 'Sam Quill';
      await app.call('createAsset', { body: { name: `asset ${n}`, location, status, holder, model: 'Model A' } });
    }
    return app;
  };

  it('gives every asset once, in one order, whatever the page size', async () => {
    const { call } = await fill();
    const whole = await walkPages(call, 'listAssets', { query: { limit: '100' } });
    const small = await walkPages(call, 'listAssets', { query: { limit: '7' } });
    expect(whole).toHaveLength(1);
    const ids = (pages: { items: { assetId: string }[] }[]) =>
      pages.flatMap(({ items }) => items.map((a) => a.assetId));
    expect(new Set(ids(whole)).size).toBe(60);
    expect(ids(small)).toEqual(ids(whole));
    expect(small).toHaveLength(Math.ceil(60 / 7));
  });

  it('filters by each facet and by several, without regard to case, and by status', async () => {
    const { call } = await fill();
    const count = async (query: Record<string, string>) =>
      (await walkPages(call, 'listAssets', { query: { ...query, limit: '9' } })).flatMap(({ items }) => items).length;
    expect(await count({ location: 'HANGAR 3' })).toBe(20);
    expect(await count({ location: 'hangar 3', status: 'deployed' })).toBe(10);
    expect(await count({ holder: 'robin vale' })).toBe(5);
    expect(await count({ holder: 'robin vale', location: 'Gate 7', status: 'in-stock' })).toBe(2);
    expect(await count({ model: 'Model A', status: 'in-stock' })).toBe(30);
    expect(await count({ costCentre: 'CC-1' })).toBe(0);
    expect(await count({ location: 'Hangar' })).toBe(0);
  });

  it('loses nothing where a filter fills a page in the middle of what was read', async () => {
    const { call } = await fill();
    for (let limit = 1; limit <= 12; limit += 1) {
      const query = { holder: 'Sam Quill', location: 'Gate 7', limit: String(limit) };
      const items = (await walkPages(call, 'listAssets', { query })).flatMap((page) => page.items);
      expect(items.length).toBe(37);
    }
  });

  it('moves an asset from list to list with its location and status', async () => {
    const { call } = startApp();
    const { assetId } = (await call('createAsset', { body: laptop })).body;
    const path = { assetId };
    await call('editAsset', { path, body: { location: 'Gate 7' }, headers: { 'if-match': '"v1"' } });
    await call('transitionAsset', { path, body: { to: 'deployed' } });
    const sizes = async (query: Record<string, string>) => (await call('listAssets', { query })).body.items.length;
    expect(await sizes({ location: 'Hangar 3' })).toBe(0);
    expect(await sizes({ location: 'gate 7', status: 'deployed' })).toBe(1);
    expect(await sizes({ status: 'in-stock' })).toBe(0);
  });
});

describe('transitions and history', () => {
  it('tells what is allowed and why the rest is not, and refuses the rest the same way', async () => {
    const { call } = startApp();
    const { assetId } = (await call('createAsset', { body: laptop })).body;
    const path = { assetId };
    const { body } = await call('listTransitions', { path });
    expect(body.allowed).toEqual(['deployed', 'in-repair', 'lost', 'stolen', 'retired']);
    expect(body.refused).toContainEqual({
      to: 'disposed',
      reason: 'An asset that is in-stock does not become disposed; only one that is requested, ordered, retired does.',
    });
    expect(body.allowed.length + body.refused.length).toBe(9);
    const refused = await call('transitionAsset', { path, body: { to: 'disposed' } });
    expect(refused.status).toBe(409);
    expect(refused.body).toMatchObject({ type: 'urn:hangar:problem:illegal-transition' });
    expect(refused.body.errors[0].detail).toContain('deployed, in-repair, lost');
  });

  it('keeps every version with who, when and why, latest first, in pages', async () => {
    const { call, keepHistory } = startApp();
    const { assetId } = (await call('createAsset', { body: laptop })).body;
    const path = { assetId };
    await keepHistory();
    await call('transitionAsset', { path, body: { to: 'deployed', reason: 'for the new crew' }, subject: 'ada' });
    await keepHistory();
    await call('editAsset', { path, body: { notes: 'dented' }, headers: { 'if-match': '"v2"' } });
    await keepHistory();
    const pages = await walkPages(call, 'listAssetHistory', { path, query: { limit: '2' } });
    const items = pages.flatMap((page) => page.items);
    expect(pages).toHaveLength(2);
    expect(items.map(({ version, change }) => [version, change.type])).toEqual([
      [3, 'AssetUpdated'],
      [2, 'AssetStatusChanged'],
      [1, 'AssetCreated'],
    ]);
    expect(items[1]).toMatchObject({
      change: { by: 'ada', reason: 'for the new crew' },
      state: { status: 'deployed' },
    });
    expect(items[2].state.status).toBe('in-stock');
    expect((await call('listAssetHistory', { path: { assetId: `ast_${'a'.repeat(26)}` } })).status).toBe(404);
  });
});
