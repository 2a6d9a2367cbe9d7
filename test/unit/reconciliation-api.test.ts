import { describe, expect, it } from '@jest/globals';
import type { Asset } from '../../domain/asset/asset.ts';
import type { Ci } from '../../domain/ci/ci.ts';
import { compileRules } from '../../domain/reconcile/rule-book.ts';
import { assetEntity } from '../../functions/assets/entity.ts';
import { ciEntity } from '../../functions/cis/entity.ts';
import { rulesEntity, rulesId } from '../../functions/reconciliation/entity.ts';
import { eventOf } from '../../functions/relay/event-of.ts';
import type { Item } from '../../functions/store/table.ts';
import { type Answer, startApp } from '../support/app.ts';
import { said, twoMinds } from '../support/two-minds.ts';
import { walkPages } from '../support/walk-pages.ts';

const bookFirst = [{ class: 'server', attribute: '*', order: ['books', 'discovery'] }];

/** An app whose server the sources `glpi` and `books` do not agree on, and whose rules can be changed and seen changed. */
const start = () => {
  const app = startApp();
  const { ci, asset } = twoMinds(app.table);
  const put = (rules: unknown, version: number) =>
    app.call('putReconciliationRules', { body: { rules }, headers: { 'if-match': `"v${version}"` } });
  /** Every request takes a second of the clock. */
  const fiveSecondsLater = async () => {
    for (let n = 0; n < 5; n += 1) await app.call('getHealth');
  };
  const explain = async (name: 'explainCi' | 'explainAsset', attribute: string) => {
    const path = name === 'explainCi' ? { ciId: ci.ciId } : { assetId: asset.assetId };
    const { body } = await app.call(name, { path });
    return body.items.find((one: { attribute: string }) => one.attribute === attribute);
  };
  return { ...app, ci, asset, put, fiveSecondsLater, explain };
};

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

describe('a preview of rules', () => {
  it('tells what would change, writes nothing but its own answer, and comes true', async () => {
    const { call, put, fiveSecondsLater, table, ci, asset } = start();
    const rules = [...bookFirst, { class: 'asset', attribute: 'manufacturer', order: ['book'] }];
    const before = table.items();
    const preview = await call('previewReconciliationRules', { body: { rules } });
    expect(table.items().filter(({ e }) => e !== 'idempotency')).toEqual(before);
    const [name, version] = [
      { before: 'crew1', after: 'Crew server' },
      { before: '12', after: '11' },
    ].map((one) => ({ ...one, winningSourceBefore: 'glpi', winningSourceAfter: 'books' }));
    expect(preview.body).toEqual({
      scanned: 2,
      entitiesChanged: 2,
      fieldsChanged: 3,
      items: [
        {
          entity: 'ci',
          ciId: ci.ciId,
          class: 'server',
          changes: [
            { field: 'name', ...name },
            { field: 'os.version', ...version },
          ],
        },
        {
          entity: 'asset',
          assetId: asset.assetId,
          class: 'asset',
          changes: [
            {
              field: 'manufacturer',
              before: 'Dell Inc.',
              after: 'Dell',
              winningSourceBefore: 'glpi',
              winningSourceAfter: 'books',
            },
          ],
        },
      ],
    });
    await put(rules, 0);
    await fiveSecondsLater();
    const { body } = await call('getCi', { path: { ciId: ci.ciId } });
    expect([body.name, body.attributes['os.version']]).toEqual(['Crew server', '11']);
    expect((await call('previewReconciliationRules', { body: { rules } })).body.items).toEqual([]);
  });

  it('goes through a class and those below it, in pages, with a cursor for the same rules only', async () => {
    const { call, table, ci } = start();
    for (const [n, ciClass] of ['server', 'computer', 'device', 'database', 'server'].entries()) {
      const other: Ci = { ...ci, ciId: `ci_${'abcde'[n]?.repeat(26)}`, class: ciClass as Ci['class'] };
      table.put(ciEntity.toItem('skyways', other, 1));
    }
    const rules = [{ class: 'ci', attribute: 'name', order: ['books'] }];
    const walk = async (body: object) => {
      const pages: Answer['body'][] = [];
      for (
        let cursor: string | undefined;
        pages.length === 0 || cursor !== undefined;
        cursor = pages.at(-1)?.nextCursor
      ) {
        pages.push((await call('previewReconciliationRules', { body: { rules, ...body, cursor } })).body);
      }
      return pages;
    };
    const classes = async (ruleClass: string | undefined) =>
      (await walk({ limit: 2, class: ruleClass })).flatMap(({ items }) => items.map((one: Ci) => one.class)).sort();
    expect(await classes('computer')).toEqual(['computer', 'server', 'server', 'server']);
    expect(await classes('database')).toEqual(['database']);
    expect(await classes('asset')).toEqual([]);
    expect(await classes('ci')).toHaveLength(6);
    expect(await classes(undefined)).toHaveLength(6);
    const pages = await walk({ limit: 2 });
    expect(pages.map(({ scanned }) => scanned)).toEqual([2, 2, 2, 1]);
    const cursor = pages[0]?.nextCursor;
    const others = await call('previewReconciliationRules', { body: { rules: [], limit: 2, cursor } });
    expect([others.status, others.body.errors[0].pointer]).toEqual([400, '#/body/cursor']);
  });

  it('counts what found no room on the page', async () => {
    const { call, table, ci } = start();
    const long = (letter: string) =>
      Object.fromEntries(Array.from({ length: 80 }, (_, n) => [`key${n}`, letter.repeat(1000)]));
    const facets = { glpi: said('discovery', 'os', long('a')), 'books#book': said('book', 'os', long('b')) };
    table.put(ciEntity.toItem('skyways', { ...ci, facets }, 1));
    const { body } = await call('previewReconciliationRules', { body: { rules: bookFirst, class: 'server' } });
    expect(body.fieldsChanged).toBe(80);
    const [{ changes, changesLeftOut }] = body.items;
    expect(changes.length + changesLeftOut).toBe(80);
    expect(JSON.stringify(body).length).toBeLessThan(110_000);
  });
});

describe('provenance', () => {
  it('names every word on a field, and the rule that chose', async () => {
    const { put, fiveSecondsLater, explain } = start();
    const by = { observedAt: '2026-01-01T00:00:00.000Z', heardAt: '2026-01-01T00:00:00.000Z' };
    const plain = { locked: false, stale: false, fillsGaps: false, fits: true };
    const glpi = { source: 'glpi', half: 'discovery', section: 'device', value: 'crew1', ...by, ...plain };
    const books = {
      ...plain,
      source: 'books',
      half: 'book',
      section: 'device',
      value: 'Crew server',
      observedAt: '2026-01-31T00:00:00.000Z',
      heardAt: '2026-01-31T00:00:00.000Z',
    };
    expect(await explain('explainCi', 'name')).toEqual({
      attribute: 'name',
      value: 'crew1',
      winningSource: 'glpi',
      locked: false,
      rule: { class: 'ci', attribute: '*', order: ['discovery', 'book'], from: 'default' },
      values: [
        { ...glpi, wins: true },
        { ...books, wins: false },
      ],
    });
    const [rule] = bookFirst;
    await put([{ ...rule, freshness: 'P3650D', writeIfEmpty: ['glpi'] }], 0);
    await fiveSecondsLater();
    const own = await explain('explainCi', 'name');
    expect(own.rule).toEqual({ ...rule, freshness: 'P3650D', writeIfEmpty: ['glpi'], from: 'tenant', version: 1 });
    expect(own.values).toEqual([
      { ...books, wins: true },
      { ...glpi, wins: false, fillsGaps: true },
    ]);
    expect((await explain('explainAsset', 'model')).rule.from).toBe('default');
  });

  it('says what is stale, what is locked, and what does not fit; a lock opens with null', async () => {
    const { call, put, fiveSecondsLater, explain, ci } = start();
    await put([{ class: 'ci', attribute: '*', order: ['glpi', 'book'], freshness: 'PT1H' }], 0);
    await fiveSecondsLater();
    const standing = async (attribute: string) =>
      (await explain('explainCi', attribute)).values.map(
        ({ source, wins, stale, locked, fits }: Record<string, unknown>) =>
          [source, wins && 'wins', stale && 'stale', locked && 'locked', !fits && 'misfit'].filter(Boolean).join(' '),
      );
    expect(await standing('name')).toEqual(['glpi wins', 'books']);
    expect(await standing('criticality')).toEqual(['books misfit']);
    const edit = (name: string | null, version: number) =>
      call('editCi', { path: { ciId: ci.ciId }, body: { name }, headers: { 'if-match': `"v${version}"` } });
    expect((await edit('by hand', 1)).body.name).toBe('by hand');
    expect(await standing('name')).toEqual(['manual wins locked', 'glpi', 'books']);
    expect((await explain('explainCi', 'name')).locked).toBe(true);
    expect((await edit(null, 2)).body.name).toBe('crew1');
    expect(await standing('name')).toEqual(['glpi wins', 'books']);
  });

  it('tells of a past moment what sources had said by then', async () => {
    const { call, keepHistory, table, ci } = start();
    await keepHistory();
    const late = { type: 'CiUpdated', by: 'import', at: '2026-01-01T00:00:02.500Z', correlationId: 'late' };
    const facets = { ...ci.facets, glpi: said('discovery', 'device', { name: 'crew2' }) };
    table.put(ciEntity.toItem('skyways', { ...ci, facets }, 2, late));
    for (let n = 0; n < 5; n += 1) await call('getHealth');
    const name = async (query: Record<string, string>) =>
      (await call('explainCi', { path: { ciId: ci.ciId }, query })).body.items.find(
        (one: { attribute: string }) => one.attribute === 'name',
      ).value;
    expect([await name({}), await name({ asOf: '2026-01-01T00:00:02.000Z' })]).toEqual(['crew2', 'crew1']);
  });

  it('comes in pages when there is much to tell, and of things that are there only', async () => {
    const { call, table, ci } = start();
    const many = Object.fromEntries(Array.from({ length: 250 }, (_, n) => [`key${n}`, n]));
    table.put(ciEntity.toItem('skyways', { ...ci, facets: { glpi: said('discovery', 'os', many) } }, 1));
    const pages = await walkPages(call, 'explainCi', { path: { ciId: ci.ciId } });
    expect(pages.map(({ items }) => items.length)).toEqual([100, 100, 50]);
    expect(new Set(pages.flatMap(({ items }) => items.map((one: { attribute: string }) => one.attribute))).size).toBe(
      250,
    );
    const elsewhere = await call('explainCi', { path: { ciId: ci.ciId }, tenant: 'rivals' });
    expect(elsewhere.status).toBe(404);
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
