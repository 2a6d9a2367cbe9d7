import { describe, expect, it } from '@jest/globals';
import type { Asset } from '../../domain/asset/asset.ts';
import { compileRules } from '../../domain/reconcile/rule-book.ts';
import { assetEntity } from '../../functions/assets/entity.ts';
import { ciEntity } from '../../functions/cis/entity.ts';
import { rulesEntity, rulesId } from '../../functions/reconciliation/entity.ts';
import { eventOf } from '../../functions/relay/event-of.ts';
import type { Item } from '../../functions/store/table.ts';
import { type Answer, startApp } from '../support/app.ts';
import { bookFirst, startOfTwoMinds as start, twoMinds } from '../support/two-minds.ts';

describe('reconciliation rules', () => {
  it('begin with the default ones as version 0, and are replaced as a whole, by version', async () => {
    const { call, put } = start();
    const first = await call('getReconciliationRules');
    expect(first.headers.etag).toBe('"v0"');
    expect(first.body).toMatchObject({ rules: [], version: 0 });
    expect(first.body.defaults).toContainEqual({ class: 'ci', attribute: 'owner', order: ['book', 'discovery'] });
    expect((await put(bookFirst, 1)).status).toBe(412);
    const made = await put(bookFirst, 0);
    expect([made.status, made.headers.etag, made.body.rules]).toEqual([200, '"v1"', bookFirst]);
    expect((await put([], 0)).status).toBe(412);
    expect((await put(bookFirst, 1)).body.version).toBe(1);
    expect((await put([], 1)).body).toMatchObject({ rules: [], version: 2 });
    expect((await call('getReconciliationRules', { tenant: 'rivals' })).body.version).toBe(0);
    const without = await call('putReconciliationRules', { body: { rules: [] } });
    expect(without.status).toBe(428);
  });

  it('are refused with the place of each fault, by those who may not, and with nothing changed', async () => {
    const { call, put } = start();
    const bad = await put([...bookFirst, { class: 'asset', attribute: 'location', order: ['manual'] }], 0);
    expect(bad.status).toBe(400);
    expect(bad.body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual([
      '#/body/rules/1/order/0',
      '#/body/rules/1/attribute',
    ]);
    const indexed = await put([...bookFirst, { class: 'asset', attribute: 'location', order: ['book'] }], 0);
    expect(indexed.body.errors).toEqual([
      { pointer: '#/body/rules/1/attribute', detail: expect.stringContaining('listed by location') },
    ]);
    const headers = { 'if-match': '"v0"' };
    const body = { rules: bookFirst };
    expect((await call('putReconciliationRules', { body, headers, roles: ['asset-manager'] })).status).toBe(403);
    expect((await call('getReconciliationRules')).body.version).toBe(0);
  });

  it('keep their history and tell what they are now about, not what they say', async () => {
    const { call, put, keepHistory, table } = start();
    expect((await call('listReconciliationRulesHistory')).status).toBe(404);
    await put(bookFirst, 0);
    await keepHistory();
    const versions = (await call('listReconciliationRulesHistory')).body.items;
    expect(versions).toMatchObject([
      { version: 1, change: { type: 'ReconciliationRulesChanged', by: 'kim' }, state: { rules: bookFirst } },
    ]);
    const after = (await table.get(rulesEntity.keyOf('skyways', rulesId))) as Item;
    const { type, detail } = eventOf({ before: undefined, after });
    expect([type, detail.data]).toEqual([
      'ReconciliationRulesChanged',
      { rules: [{ class: 'server', attribute: '*' }] },
    ]);
  });

  it('change what every answer shows within five seconds, and write no thing', async () => {
    const { call, put, fiveSecondsLater, table, ci, asset } = start();
    const shown = async () => {
      const path = { ciId: ci.ciId };
      const one = (await call('getCi', { path })).body;
      const [listed] = (await call('listCis')).body.items;
      const ofAsset = { assetId: asset.assetId };
      const answers: Answer[] = [
        await call('getAsset', { path: ofAsset }),
        await call('editAsset', { path: ofAsset, body: {}, headers: { 'if-match': '"v1"' } }),
      ];
      const edited = await call('editCi', { path, body: {}, headers: { 'if-match': '"v1"' } });
      const names = [one, listed, edited.body].map(({ name, attributes }) => `${name} ${attributes['os.version']}`);
      const makers = [...answers.map(({ body }) => body), (await call('listAssets')).body.items[0]].map(
        ({ manufacturer }) => manufacturer,
      );
      return [...new Set([...names, ...makers])];
    };
    expect(await shown()).toEqual(['crew1 12', 'Dell Inc.']);
    const before = table.items().filter(({ e }) => e !== 'reconciliation rules');
    await put([...bookFirst, { class: 'asset', attribute: 'manufacturer', order: ['book'] }], 0);
    await fiveSecondsLater();
    expect(await shown()).toEqual(['Crew server 11', 'Dell']);
    expect(table.items().filter(({ e }) => e !== 'reconciliation rules')).toEqual(before);
    expect((await call('listAssets', { query: { location: 'ramp' } })).body.items).toHaveLength(1);
    await put([], 1);
    await fiveSecondsLater();
    expect(await shown()).toEqual(['crew1 12', 'Dell Inc.']);
  });

  it('show past versions by the rules of today, as at their time', async () => {
    const { call, put, fiveSecondsLater, table, ci, keepHistory } = start();
    await put([{ class: 'ci', attribute: '*', order: ['glpi', 'books'], freshness: 'P30D' }], 0);
    await fiveSecondsLater();
    const late = { type: 'CiUpdated', by: 'import', at: '2026-02-15T00:00:00.000Z', correlationId: 'late' };
    await keepHistory();
    table.put(ciEntity.toItem('skyways', { ...ci, status: 'maintenance' }, 2, late));
    await keepHistory();
    const { items } = (await call('listCiHistory', { path: { ciId: ci.ciId } })).body;
    const names = items.map(({ version, state }: { version: number; state: { name: string } }) => [
      version,
      state.name,
    ]);
    expect(names).toEqual([
      [2, 'Crew server'],
      [1, 'crew1'],
    ]);
  });
});

describe('index keys', () => {
  it('follow the default rules, whatever a tenant says of all facts', () => {
    const table = startApp().table;
    const { asset } = twoMinds(table);
    const anything = compileRules([{ class: 'asset', attribute: '*', order: ['glpi'] }], 1).rulesFor('asset');
    for (const fact of ['location', 'holder', 'costCentre', 'model']) expect(anything(fact).from).toBe('default');
    expect(anything('name').from).toBe('tenant');
    expect(assetEntity.toItem('skyways', asset as Asset, 1).g3pk).toMatch(/^skyways#location#ramp#/);
  });
});
