import { describe, expect, it } from '@jest/globals';
import { ciEntity } from '../../functions/cis/entity.ts';
import { readViewing } from '../../functions/reconciliation/read-viewing.ts';
import { startApp } from '../support/app.ts';
import { healthStream } from '../support/health-stream.ts';
import { healthCi, said } from '../support/health-world.ts';

const start = '2026-01-01T00:00:00.000Z';
const change = { type: 'CiCreated', by: 'source:agent', at: start, correlationId: 'test' };

/** The API over a table whose stream is consumed when asked. */
const startHealth = (millisecondsAt?: (requests: number) => number) => {
  const stream = healthStream(() => start);
  const { table } = stream;
  const app = startApp(table, millisecondsAt);
  const make = async (name: string, body: object = {}): Promise<string> =>
    (await app.call('createCi', { body: { class: 'server', name, ...body } })).body.ciId;
  const rules = async () => (await app.call('getHealthRules')).body;
  const put = async (ruleId: string, body: object) =>
    app.call('putHealthRule', { path: { ruleId }, body, headers: { 'if-match': `"v${(await rules()).version}"` } });
  const failing = async (rule: string, query: Record<string, string> = {}) =>
    (await app.call('listHealthFailures', { query: { rule, ...query } })).body.items;
  return { ...app, ...stream, make, put, rules, failing, card: async () => (await app.call('getDataHealth')).body };
};

const rulesIn = (health: { failing: { rule: string }[] }): string[] => health.failing.map(({ rule }) => rule).sort();

describe('the health of a record', () => {
  it('names each rule that it fails: where, what was found, what to do; and its score', async () => {
    const { call, make } = startHealth();
    const ciId = await make('gate-7', { owner: 'kim', environment: 'production' });
    const { status, body } = await call('getCiHealth', { path: { ciId } });
    expect([status, rulesIn(body)]).toEqual([200, ['ci-support-group', 'ci-without-asset']]);
    expect(body.failing[0]).toMatchObject({
      pointer: '#/supportGroup',
      found: 'Nothing.',
      fix: expect.stringMatching(/team/),
    });
    expect(body).toMatchObject({ ciId, class: 'server', judged: true, score: Math.floor(100 * (1 - 22 / 76)) });
    await call('editCi', { path: { ciId }, body: { supportGroup: 'ramp' }, headers: { 'if-match': '"v1"' } });
    expect(rulesIn((await call('getCiHealth', { path: { ciId } })).body)).toEqual(['ci-without-asset']);
  });

  it('asks no owner of what is retired', async () => {
    const { call, make } = startHealth();
    const ciId = await make('old', { status: 'retired' });
    expect((await call('getCiHealth', { path: { ciId } })).body).toMatchObject({
      judged: false,
      score: 100,
      failing: [],
    });
  });

  it('of an asset in use looks at its holder and at the CI that it realises', async () => {
    const { call, make } = startHealth();
    const { assetId } = (await call('createAsset', { body: { model: 'Latitude 5440' } })).body;
    const ask = async () => rulesIn((await call('getAssetHealth', { path: { assetId } })).body);
    expect(await ask()).not.toContain('asset-unheld');
    await call('transitionAsset', { path: { assetId }, body: { to: 'deployed' } });
    expect(await ask()).toContain('asset-unheld');
    const ciId = await make('gate-1');
    await call('createBinding', { body: { assetId, ciId } });
    expect(await ask()).not.toContain('asset-unheld');
    const { version } = (await call('getCi', { path: { ciId } })).body;
    await call('editCi', { path: { ciId }, body: { status: 'retired' }, headers: { 'if-match': `"v${version}"` } });
    expect(await ask()).toContain('asset-ci-retired');
  });

  it('is not to be had of what there is not', async () => {
    const { call } = startHealth();
    expect((await call('getCiHealth', { path: { ciId: `ci_${'q'.repeat(26)}` } })).status).toBe(404);
    expect((await call('getAssetHealth', { path: { assetId: `ast_${'q'.repeat(26)}` } })).status).toBe(404);
  });
});

describe('what is seen no more', () => {
  it('becomes stale on its day without being written, in the scorecard, in the list and by itself', async () => {
    let day = 0;
    const app = startHealth(() => day * 86_400_000);
    const { table, call, drain, card, failing, put } = app;
    await put('ci-stale', { change: { enabled: true } });
    const seen = healthCi(1, { facets: said({ name: 'gate' }, '2025-12-31T23:00:00.000Z') });
    await table.writeEach([{ put: ciEntity.toItem('skyways', seen, 1, change), expect: 'any' }]);
    await drain();
    const before = table.items();
    const ask = async () => {
      const { body } = await call('getCiHealth', { path: { ciId: seen.ciId } });
      const counted = (await card()).classes[0].failing.find(({ rule }: { rule: string }) => rule === 'ci-stale');
      return [rulesIn(body).includes('ci-stale'), counted?.records ?? 0, (await failing('ci-stale')).length];
    };
    expect(await ask()).toEqual([false, 0, 0]);
    day = 58;
    expect(await ask()).toEqual([false, 0, 0]);
    day = 59;
    expect(await ask()).toEqual([true, 1, 1]);
    expect((await failing('ci-stale', { class: 'computer' }))[0]).toEqual({
      rule: 'ci-stale',
      class: 'server',
      ciId: seen.ciId,
      since: '2026-03-01',
    });
    expect(await failing('ci-stale', { class: 'printer' })).toEqual([]);
    expect(table.items()).toEqual(before);
  });
});

describe('the scorecard and the lists', () => {
  it('count by class and rule what the relay has judged', async () => {
    const { make, drain, card, failing } = startHealth();
    const ids = [await make('a'), await make('b', { owner: 'kim' }), await make('c', { class: 'application' })];
    expect(await card()).toMatchObject({ records: 0, score: 100, classes: [] });
    await drain();
    const { classes, records, categories } = await card();
    expect([records, categories.compliance]).toEqual([3, 100]);
    expect(classes.map((one: { class: string; records: number }) => [one.class, one.records])).toEqual([
      ['application', 1],
      ['server', 2],
    ]);
    expect(classes[1].failing).toContainEqual({ rule: 'ci-owner', records: 1 });
    expect((await failing('ci-owner')).map((one: { ciId: string }) => one.ciId).sort()).toEqual(
      [ids[0], ids[2]].sort(),
    );
    expect(await failing('ci-owner', { class: 'device' })).toEqual([
      { rule: 'ci-owner', class: 'server', ciId: ids[0] },
    ]);
  });

  it('are paged without loss or repetition, over shards', async () => {
    const { call, make, drain } = startHealth();
    const ids: string[] = [];
    for (let n = 0; n < 23; n += 1) ids.push(await make(`gate-${n}`));
    await drain();
    const found: string[] = [];
    let cursor: string | undefined;
    do {
      const query = { rule: 'ci-owner', limit: '4', ...(cursor === undefined ? {} : { cursor }) };
      const { body } = await call('listHealthFailures', { query });
      found.push(...body.items.map((one: { ciId: string }) => one.ciId));
      cursor = body.nextCursor;
    } while (cursor !== undefined);
    expect([found.length, found.sort()]).toEqual([23, ids.sort()]);
  });

  it('of a rule or class that there is not say so', async () => {
    const { call } = startHealth();
    expect((await call('listHealthFailures', { query: { rule: 'no-such-rule' } })).status).toBe(404);
    const { status, body } = await call('listHealthFailures', { query: { rule: 'ci-owner', class: 'zeppelin' } });
    expect([status, body.errors[0].pointer]).toEqual([422, '#/query/class']);
  });
});

describe('the rules of a tenant', () => {
  const own = {
    title: 'Servers run in Oslo',
    classes: ['server'],
    condition: { attribute: 'site', operator: 'in', value: ['oslo'] },
    fix: 'Move it.',
  };

  it('are switched off, changed and added under one ETag, and judge every record anew', async () => {
    const { call, make, put, rules, drain, card, failing } = startHealth();
    const ciId = await make('gate-1', { attributes: { site: 'Bergen' } });
    await drain();
    expect((await put('ci-owner', { change: { enabled: false } })).status).toBe(200);
    expect((await put('in-oslo', { own, reason: 'audit' })).body.version).toBe(2);
    await drain();
    const { classes, recount, categories } = await card();
    expect(classes[0].failing.map(({ rule }: { rule: string }) => rule)).not.toContain('ci-owner');
    expect([recount.state, recount.judged, recount.generation, categories.compliance]).toEqual(['completed', 1, 2, 0]);
    expect(await failing('in-oslo')).toEqual([{ rule: 'in-oslo', class: 'server', ciId }]);
    const { body } = await call('getCiHealth', { path: { ciId } });
    expect(body.failing.find(({ rule }: { rule: string }) => rule === 'in-oslo')).toMatchObject({
      pointer: '#/site',
      found: '"Bergen"',
      fix: 'Move it.',
    });
    for (const ruleId of ['in-oslo', 'ci-owner']) {
      const headers = { 'if-match': `"v${(await rules()).version}"` };
      expect((await call('deleteHealthRule', { path: { ruleId }, headers })).status).toBe(200);
    }
    await drain();
    expect((await card()).classes[0].failing.map(({ rule }: { rule: string }) => rule)).toContain('ci-owner');
  });

  it('are refused with what is wrong of them', async () => {
    const { call, put } = startHealth();
    const errors = async (ruleId: string, body: object) => {
      const answer = await put(ruleId, body);
      return [answer.status, answer.body.errors?.[0]?.pointer];
    };
    const condition = (more: object) => ({ own: { ...own, condition: { attribute: 'site', ...more } } });
    expect(await errors('in-oslo', condition({ operator: 'in', value: 'oslo' }))).toEqual([
      422,
      '#/body/own/condition',
    ]);
    expect(await errors('in-oslo', condition({ operator: 'present', value: 1 }))).toEqual([
      422,
      '#/body/own/condition',
    ]);
    expect(await errors('in-oslo', condition({ operator: 'equals' }))).toEqual([422, '#/body/own/condition']);
    expect(await errors('in-oslo', condition({ operator: 'eval', value: '1' }))).toEqual([400, expect.any(String)]);
    expect(await errors('in-oslo', { own: { ...own, classes: ['zeppelin'] } })).toEqual([422, '#/body/own/classes/0']);
    expect(await errors('in-oslo', { change: { enabled: false } })).toEqual([422, '#/path/ruleId']);
    expect(await errors('ci-owner', { own })).toEqual([422, '#/path/ruleId']);
    expect(await errors('ci-owner', { change: { days: 5 } })).toEqual([422, '#/body/change/days']);
    const late = await call('putHealthRule', {
      path: { ruleId: 'ci-owner' },
      body: { change: { enabled: false } },
      headers: { 'if-match': '"v7"' },
    });
    expect(late.status).toBe(412);
    expect(
      (await call('deleteHealthRule', { path: { ruleId: 'ci-owner' }, headers: { 'if-match': '"v0"' } })).status,
    ).toBe(404);
  });
});

describe('a recount', () => {
  it('is asked for, goes on by itself, and counts from nothing what the counters had lost', async () => {
    const { table, call, make, drain, card } = startHealth();
    for (let n = 0; n < 5; n += 1) await make(`gate-${n}`);
    await drain();
    const right = (await card()).classes;
    const counters = table.items().filter(({ e }) => e === 'health counter');
    await table.writeEach(counters.map((one) => ({ remove: one, expect: 'any' as const })));
    expect((await card()).records).toBe(0);
    const { status, body } = await call('startHealthRecount', { body: { rebuildsPages: true } });
    expect([status, body.state]).toEqual([202, 'running']);
    expect((await call('startHealthRecount', { body: {} })).status).toBe(409);
    await drain();
    expect((await card()).classes).toEqual(right);
    expect((await card()).recount).toMatchObject({ state: 'completed', judged: 5 });
  });
});

describe('the rule on sightings', () => {
  it('makes imports note them, in time for the shortest of its days; switched off, nobody asks for it', async () => {
    const { put, table } = startHealth();
    const minded = async (now: string) => (await readViewing(table, 'skyways', now)).rules.shortestFreshnessMs;
    expect(await minded('2026-01-01T00:00:00.000Z')).toBeUndefined();
    await put('ci-stale', { change: { enabled: true, days: 60, daysByClass: { server: 7 } } });
    expect(await minded('2026-01-01T00:01:00.000Z')).toBe(7 * 86_400_000);
    await put('ci-stale', { change: { enabled: false } });
    expect(await minded('2026-01-01T00:02:00.000Z')).toBeUndefined();
  });
});
