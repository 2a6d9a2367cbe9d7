import { describe, expect, it } from '@jest/globals';
import { permissions, roles } from '../../domain/access/permissions.ts';
import { allOperations } from '../../functions/platform/all-operations.ts';
import { type OperationName, type Request, startApp } from '../support/app.ts';
import { nowhere, requests } from '../support/requests.ts';

const all = Object.entries(requests) as [OperationName, Request][];
const declared = (name: string) => allOperations.find(({ id }) => id === name);

describe('who may do what', () => {
  it.each(all)('%s: every role as the table says, nobody without a token', async (name, request) => {
    const { call } = startApp();
    const permission = declared(name)?.permission ?? 'public';
    for (const role of roles) {
      const { status } = await call(name, { ...request, roles: [role] });
      const allowed = permission === 'public' || (permissions[permission] as readonly string[]).includes(role);
      expect([role, status === 403]).toEqual([role, !allowed]);
      expect(status).toBeLessThan(500);
    }
    const withoutTenant = await call(name, { ...request, tenant: '' });
    expect(withoutTenant.status).toBe(permission === 'public' ? 200 : 401);
    expect((await call(name, { ...request, roles: 'owner root' })).status).toBe(permission === 'public' ? 200 : 403);
  });

  it('reads roles as the gateway flattens them', async () => {
    const { call } = startApp();
    expect((await call('listAssets', { roles: '[viewer discovery]' })).status).toBe(200);
    expect((await call('createAsset', { roles: 'viewer, asset-manager', body: {} })).status).toBe(201);
  });

  it('answers for things of another tenant exactly as for things that are not there', async () => {
    const { call } = startApp();
    const { assetId } = (await call('createAsset', { body: { serial: 'OURS-1234' } })).body;
    const theirs = { tenant: 'rivals', headers: { 'x-correlation-id': 'same' } };
    const other = await call('getAsset', { ...theirs, path: { assetId } });
    const missing = await call('getAsset', { ...theirs, path: { assetId: nowhere.assetId } });
    expect(other.status).toBe(404);
    expect(JSON.stringify(other.body).replace(assetId, '?')).toBe(
      JSON.stringify(missing.body).replace(nowhere.assetId, '?'),
    );
    const edit = await call('editAsset', { ...requests.editAsset, path: { assetId }, tenant: 'rivals' });
    expect(edit.status).toBe(404);
    expect((await call('lookUp', { query: { serial: 'OURS-1234' }, tenant: 'rivals' })).body.matches).toEqual([]);
    expect((await call('listAssets', { tenant: 'rivals' })).body.items).toEqual([]);
    expect((await call('createAsset', { body: { serial: 'OURS-1234' }, tenant: 'rivals' })).status).toBe(201);
  });
});
