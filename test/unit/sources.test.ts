import { describe, expect, it } from '@jest/globals';
import { Duration, durationMs } from '../../domain/sources/duration.ts';
import { expectation } from '../../domain/sources/source.ts';
import { readSettings } from '../../functions/plan-import/new-run.ts';
import { startApp } from '../support/app.ts';
import { bookCsv } from '../support/import-fleet.ts';
import { importRig } from '../support/import-rig.ts';
import { memoryTable } from '../support/memory-table.ts';

const rowsOf = (numbers: readonly number[]) =>
  bookCsv(numbers.map((n) => ({ 'Asset Tag': `SKY-${n}`, 'Serial Number': `SRC${1000 + n}`, Manufacturer: 'Dell' })));
const to = (n: number) => Array.from({ length: n }, (_, at) => at);

const world = () => {
  const app = startApp(
    memoryTable(),
    (requests) => Date.parse('2026-11-22T09:00:00.000Z') - Date.parse('2026-01-01T00:00:00.000Z') + requests * 1000,
  );
  const rig = importRig(app.table);
  const put = (source: string, body: object, version = 0) =>
    app.call('putSource', { path: { source }, body, headers: { 'if-match': `"v${version}"` } });
  const get = async (source: string) => (await app.call('getSource', { path: { source } })).body;
  return { ...app, rig, put, get };
};

describe('a source', () => {
  it('is listed from its first upload on, with its last run', async () => {
    const { rig, call, get } = world();
    await rig.importFile('register', 'a.csv', rowsOf(to(3)));
    const { run } = await rig.importFile('register', 'b.csv', rowsOf(to(4)));
    await rig.importFile('agents', 'c.csv', rowsOf([9]));
    const { items } = (await call('listSources')).body;
    expect(items.map(({ source }: { source: string }) => source)).toEqual(['agents', 'register']);
    expect(await get('register')).toMatchObject({
      version: 1,
      settings: {},
      isOverdue: false,
      lastRun: { runId: run.runId, status: 'completed', counts: { records: 4, created: 1, unchanged: 3 } },
    });
    const { status, body } = await call('listSources', { query: { limit: '1' } });
    expect([status, body.items.length]).toEqual([200, 1]);
    const next = (await call('listSources', { query: { limit: '1', cursor: body.nextCursor } })).body;
    expect(next.items.map(({ source }: { source: string }) => source)).toEqual(['register']);
  });
  it('that nobody knows is not found, and can be configured ahead of its first upload', async () => {
    const { call, put, rig, get } = world();
    expect((await call('getSource', { path: { source: 'register' } })).status).toBe(404);
    const { status, headers, body } = await put('register', { expectedEvery: 'P1D', reason: 'new feed' });
    expect([status, headers.etag, body.settings]).toEqual([200, '"v1"', { expectedEvery: 'P1D' }]);
    await rig.importFile('register', 'a.csv', rowsOf([1]));
    expect(await get('register')).toMatchObject({ version: 1, isOverdue: false, settings: { expectedEvery: 'P1D' } });
  });
  it('is changed only by who has seen how it is', async () => {
    const { put, get, call, keepHistory } = world();
    await put('register', { snapshot: true });
    expect((await put('register', {})).status).toBe(412);
    expect((await call('putSource', { path: { source: 'register' }, body: {} })).status).toBe(428);
    expect((await put('register', { format: 'csv', note: 'asset book' }, 1)).status).toBe(200);
    expect((await get('register')).settings).toEqual({ format: 'csv', note: 'asset book' });
    await keepHistory();
    const { items } = (await call('listSourceHistory', { path: { source: 'register' } })).body;
    expect(items[0]).toMatchObject({ change: { type: 'SourceSettingsChanged', by: 'kim' }, version: 2 });
  });
  it.each([
    [{ format: 'xsl' }, 422, '#/body/format'],
    [{ defaultProfile: 'generc' }, 422, '#/body/defaultProfile'],
    [{ missingLimitPercent: 0 }, 400, '#/body/missingLimitPercent'],
    [{ expectedEvery: 'P1M' }, 400, '#/body/expectedEvery'],
    [{ expectedEvery: 'P0D' }, 400, '#/body/expectedEvery'],
    [{ colour: 'blue' }, 400, '#/body/colour'],
  ])('does not take %j', async (settings, status, pointer) => {
    const answer = await world().put('register', settings);
    expect(answer.status).toBe(status);
    expect(answer.body.errors[0].pointer).toBe(pointer);
  });
  it('is configured by those who may', async () => {
    const { call } = world();
    const request = { path: { source: 'register' }, body: {}, headers: { 'if-match': '"v0"' } };
    expect((await call('putSource', { ...request, roles: ['asset-manager'] })).status).toBe(403);
    expect((await call('putSource', { ...request, roles: ['discovery'] })).status).toBe(200);
  });
});

describe('the settings of a source', () => {
  it('make its uploads full listings, with a limit of their own', async () => {
    const { rig, put, get } = world();
    await put('register', { snapshot: true, missingLimitPercent: 50 });
    await rig.importFile('register', 'a.csv', rowsOf(to(10)));
    const half = await rig.importFile('register', 'b.csv', rowsOf(to(5)));
    expect(half.run).toMatchObject({ status: 'completed', absence: { live: 10, missing: 5 } });
    const few = await rig.importFile('register', 'c.csv', rowsOf(to(2)));
    expect(few.run).toMatchObject({ status: 'held', problem: { code: 'too-many-missing' } });
    expect(few.run.problem?.detail).toContain('50 %');
    expect((await get('register')).lastSnapshot).toMatchObject({ status: 'held', runId: few.run.runId, missing: 3 });
  });
  it('make its uploads plans, unless the upload says otherwise', async () => {
    const { rig, put } = world();
    await put('register', { mode: 'plan', snapshot: true });
    expect((await rig.importFile('register', 'a.csv', rowsOf([1]))).run.status).toBe('planned');
    const { run } = await rig.importFile('register', 'b.csv', rowsOf([2]), { mode: 'apply', snapshot: 'false' });
    expect(run.status).toBe('completed');
    expect(run).not.toHaveProperty('snapshot');
  });
  it('name the format, which is then not looked for', async () => {
    const { rig, put } = world();
    await put('register', { format: 'nmap-xml' });
    expect((await rig.importFile('register', 'a.csv', rowsOf([1]))).run).toMatchObject({
      format: 'nmap-xml',
      status: 'rejected',
    });
    expect((await rig.importFile('register', 'b.csv', rowsOf([1]), { format: 'csv' })).run.status).toBe('completed');
  });
  it('that change leave a run alone that has begun', async () => {
    const { rig, put, table } = world();
    await put('register', { missingLimitPercent: 100, snapshot: true });
    await rig.importFile('register', 'a.csv', rowsOf(to(10)));
    const runId = await rig.plan(rig.put('register', 'b.csv', rowsOf(to(3))));
    await put('register', { missingLimitPercent: 1 }, 1);
    await rig.work();
    expect((await rig.read(runId)).run).toMatchObject({ status: 'completed', absence: { missing: 7 } });
    expect(table.items().filter(({ e }) => e === 'source')).toHaveLength(1);
  });
  it('cost half a read unit for each planner that hears of an upload, however many records it has', async () => {
    const reads = async (records: number) => {
      const kept: string[] = [];
      const rig = importRig(memoryTable(), {
        table: (inner) => ({
          ...inner,
          get: (key, options) => {
            if (key.pk.includes('SRC#')) kept.push(String(options?.consistent ?? false));
            return inner.get(key, options);
          },
        }),
        store: (inner) => inner,
        queue: async () => {},
      });
      await rig.plan(rig.put('register', 'b.csv', rowsOf(to(records))));
      return kept;
    };
    expect(await reads(400)).toEqual(['false', 'false']);
    expect(await reads(1)).toEqual(['false', 'false']);
  });
  it('stand behind what the upload says itself', () => {
    const source = { mode: 'plan', snapshot: true, defaultProfile: 'services', format: 'csv' } as const;
    expect(readSettings({}, source)).toEqual({ mode: 'plan', snapshot: true, profile: 'services', format: 'csv' });
    expect(readSettings({ mode: 'aply' }, source).mode).toBe('unknown');
    const own = { mode: 'apply', snapshot: 'FALSE', profile: 'generic', format: 'nmap-xml' };
    expect(readSettings(own, source)).toEqual({ mode: 'apply', profile: 'generic', format: 'nmap-xml' });
  });
});

describe('an upload that is expected', () => {
  it.each([
    ['P1D', 86_400_000],
    ['PT6H', 21_600_000],
    ['P1DT12H', 129_600_000],
    ['P2W', 1_209_600_000],
    ['PT90M', 5_400_000],
  ])('every %s is awaited for so long', (text, length) => {
    expect(durationMs(Duration.parse(text))).toBe(length);
  });
  it.each(['', 'P', 'PT', 'P1Y', 'P1M', '1D', 'PT0M', 'P0DT0H', 'P-1D'])('is not expected every %j', (text) => {
    expect(Duration.safeParse(text).success).toBe(false);
  });
  it('and does not come is overdue, counted from the last, or from when the source was made', () => {
    const source = { source: 'a', registeredAt: '2026-11-01T00:00:00.000Z', settings: { expectedEvery: 'P1D' } };
    const last = '2026-11-20T06:00:00.000Z';
    expect(expectation(source, last, '2026-11-21T06:00:00.000Z')).toEqual({
      nextExpectedAt: '2026-11-21T06:00:00.000Z',
      isOverdue: false,
    });
    expect(expectation(source, last, '2026-11-21T06:00:00.001Z').isOverdue).toBe(true);
    expect(expectation(source, undefined, last).isOverdue).toBe(true);
    expect(expectation({ ...source, settings: {} }, undefined, last)).toEqual({ isOverdue: false });
  });
});
