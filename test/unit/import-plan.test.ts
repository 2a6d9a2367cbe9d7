import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { startApply } from '../../domain/import/stored-run.ts';
import { registerFormats } from '../../functions/imports/formats/register-formats.ts';
import { planImport } from '../../functions/plan-import/plan.ts';
import type { PlanContext } from '../../functions/plan-import/plan-context.ts';
import { scanRecords } from '../../functions/plan-import/scan.ts';
import { sourceEntryEntity } from '../../functions/plan-import/source-entry.ts';
import { readUpload } from '../../functions/plan-import/upload.ts';
import { agentJson, bookCsv } from '../support/import-fleet.ts';
import { discovered } from '../support/import-records.ts';
import { relayed, tableWithStream } from '../support/import-relay.ts';
import { importRig, rigTenant } from '../support/import-rig.ts';
import { estateOf } from '../support/import-state.ts';
import { memoryTable } from '../support/memory-table.ts';

const rows = (count: number) =>
  bookCsv(
    Array.from({ length: count }, (_, n) => ({ 'Asset Tag': `SKY-${1000 + n}`, 'Serial Number': `PLAN${1000 + n}` })),
  );
const laptop = agentJson({ name: 'sky-lt-1', serial: 'SKYW42' });

describe('planning an upload', () => {
  it('cuts chunks of 250 and asks for each', async () => {
    const rig = importRig(memoryTable());
    const runId = await rig.plan(rig.put('register', 'a.csv', rows(501)));
    expect(rig.messages).toEqual([0, 1, 2].map((chunk) => ({ tenant: 'skyways', runId, phase: 'records', chunk })));
    expect((await rig.read(runId)).run).toMatchObject({ status: 'applying', chunks: 3, chunksDone: 0, format: 'csv' });
  });
  it('asks again for what is open when the event comes again, and for nothing when the run is over', async () => {
    const rig = importRig(memoryTable());
    const event = rig.put('register', 'a.csv', rows(3));
    const runId = await rig.plan(event);
    await rig.plan(event);
    expect(rig.messages).toHaveLength(2);
    await rig.work();
    await rig.plan(event);
    expect(rig.messages).toHaveLength(0);
    expect((await rig.read(runId)).run.counts).toMatchObject({ records: 3, created: 3 });
  });
  it.each<[string, string | Buffer, Record<string, string>, string]>([
    ['of no format', 'nothing to see here', {}, 'unknown-format'],
    ['of a format that nobody knows', laptop, { format: 'excel' }, 'unknown-format'],
    ['without records', 'Asset Tag,Serial Number\n', {}, 'no-records'],
    ['with a mode that nobody knows', laptop, { mode: 'dry-run' }, 'unknown-mode'],
    ['of broken gzip', gzipSync(laptop).subarray(0, 60), {}, 'gzip-broken'],
  ])('rejects a file %s, with what to do', async (_what, content, metadata, code) => {
    const table = memoryTable();
    const { run } = await importRig(table).importFile('glpi', 'x', content, metadata);
    expect(run).toMatchObject({ status: 'rejected', problem: { code } });
    expect(run.finishedAt).toBeDefined();
    expect(table.items().flatMap(({ e }) => (e === 'source' ? [] : [e]))).toEqual(['run']);
  });
  it('does nothing when the object is gone, and rejects the run when it went before it was read', async () => {
    const rig = importRig(memoryTable());
    const event = rig.put('glpi', 'a.json', laptop);
    rig.uploads.kept.clear();
    const runId = await rig.plan(event);
    await expect(rig.read(runId)).rejects.toThrow('no run');
    const again = rig.put('glpi', 'a.json', laptop);
    const { getMany } = rig.context.table;
    rig.context.table.getMany = () => Promise.reject(new Error('killed'));
    await expect(rig.plan(again)).rejects.toThrow('killed');
    rig.context.table.getMany = getMany;
    rig.uploads.kept.clear();
    const { run } = await rig.read(await rig.plan(again));
    expect(run).toMatchObject({ status: 'rejected', format: 'glpi-json', problem: { code: 'object-gone' } });
  });
  it('reads the version that the event names, not what was stored since', async () => {
    const rig = importRig(memoryTable());
    const event = rig.put('glpi', 'a.json', agentJson({ name: 'newer', serial: 'NEWER1' }));
    const older = { ...rig.uploads.kept.get('discovery/glpi/a.json'), bytes: Buffer.from(laptop) };
    rig.uploads.kept.set('discovery/glpi/a.json?v1', older as never);
    Object.assign(event.detail.object, { 'version-id': 'v1' });
    const runId = await rig.plan(event);
    await rig.work();
    expect((await rig.read(runId)).records[0]?.matchedBy?.identifiers).toContainEqual({
      type: 'serial',
      value: 'SKYW42',
    });
  });
});

describe('two planners of one event', () => {
  /** The second stops at its first look at the source index and goes on when the first has had a chunk applied. */
  const race = async (shareFolder: boolean) => {
    const kept = memoryTable();
    const rig = importRig(kept);
    const upload = readUpload(rig.put('register', 'a.csv', rows(700)), rigTenant);
    if (upload === undefined) throw new Error('not an upload');
    let goOn = () => {};
    const paused = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    const { table, data } = rig.context;
    const inOneFolder = (key: string) => (shareFolder ? key.replace(/\/[^/]+\/(chunks|outcomes)\//, '/none/$1/') : key);
    const slow: PlanContext = {
      ...rig.context,
      table: { ...table, getMany: (...args) => paused.then(() => table.getMany(...args)) },
    };
    for (const context of [rig.context, slow]) {
      context.data = {
        get: (key) => data.get(inOneFolder(key)),
        put: (key, ...rest) => data.put(inOneFolder(key), ...rest),
      };
    }
    const second = planImport(slow, registerFormats, upload);
    await planImport(rig.context, registerFormats, upload);
    await rig.workOne();
    goOn();
    await second;
    await rig.work();
    return estateOf(kept.items()).assets.length;
  };

  it('do not overwrite each other, though the second sees what the first has had applied', async () => {
    expect(await race(false)).toBe(700);
  });
  it('would lose records if they wrote into one folder', async () => {
    expect(await race(true)).toBeLessThan(700);
  });
});

describe('a plan', () => {
  it('in which nothing changes ends when it is applied', async () => {
    const { table, stream } = tableWithStream();
    const rig = importRig(table);
    await rig.importFile('glpi', 'a.json', laptop);
    const { run } = await rig.importFile('glpi', 'b.json', laptop, { mode: 'plan' });
    expect(run).toMatchObject({ status: 'planned', chunks: 0, counts: { records: 1, unchanged: 1 } });
    expect(() => startApply({ ...run, status: 'completed' })).toThrow('only a planned, held or failed run');
    const from = stream.length;
    await rig.startApplying(run.runId);
    const { messages } = await relayed(table, stream.slice(from));
    for (const message of messages) await rig.context.queue.send([message]);
    await rig.work();
    expect((await rig.read(run.runId)).run).toMatchObject({
      status: 'completed',
      counts: { records: 1, unchanged: 1 },
    });
  });
});

describe('scanning', () => {
  const scan = async (records: Parameters<typeof scanRecords>[1], table = memoryTable()) => {
    const found = [];
    for await (const batch of scanRecords({ table, tenant: 'skyways', source: 'glpi' }, records)) found.push(...batch);
    return found;
  };
  async function* parsed(...list: unknown[]) {
    for (const one of list) yield one as never;
  }

  it('hands on what is new, and rejects what cannot be read beside it', async () => {
    const fault = { recordIndex: 1, line: 3, errors: [{ line: 3, reason: 'unreadable' }] };
    const tooMany = discovered({ recordIndex: 2, line: 4, sections: { os: { version: 'x'.repeat(1001) } } });
    const [good, bad, odd] = await scan(parsed({ record: discovered() }, { fault }, { record: tooMany }));
    expect(good).toMatchObject({ line: { record: { nativeKey: 'serial:dell:SKYW42' } }, relates: false });
    expect(bad).toEqual({ outcome: { ...fault, outcome: 'rejected', warnings: [] } });
    expect(odd).toMatchObject({
      outcome: { outcome: 'rejected', recordIndex: 2, line: 4, errors: [{ line: 4, pointer: '/sections/os/version' }] },
    });
  });
  it('asks the table only for keys that can be one', async () => {
    const asked: string[] = [];
    const table = memoryTable();
    const { getMany } = table;
    table.getMany = (keys, options) => {
      asked.push(...keys.map(({ sk }) => sk));
      return getMany(keys, options);
    };
    const odd = ['', 'x'.repeat(401)].map((nativeKey) => ({ record: discovered({ nativeKey }) }));
    const found = await scan(parsed(...odd, { record: discovered({ nativeKey: '乗'.repeat(400) }) }), table);
    expect(found.map((one) => ('outcome' in one ? one.outcome.outcome : 'line'))).toEqual([
      'rejected',
      'rejected',
      'line',
    ]);
    expect(asked.map((sk) => Buffer.byteLength(sk) <= 1024)).toEqual([true]);
  });
  it('keeps long keys apart', () => {
    const keyOf = (nativeKey: string) => sourceEntryEntity.keyOf('skyways', { source: 'glpi', nativeKey }).sk;
    const long = '乗'.repeat(399);
    expect(keyOf(`${long}a`)).not.toBe(keyOf(`${long}b`));
    expect(keyOf('serial:dell:SKYW42')).toBe('serial:dell:SKYW42');
  });
});
