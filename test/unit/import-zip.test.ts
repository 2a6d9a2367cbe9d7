import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { jsonFormats } from '../../functions/imports/formats/json-formats.ts';
import { registerFormats } from '../../functions/imports/formats/register-formats.ts';
import { planImport } from '../../functions/plan-import/plan.ts';
import { readUpload } from '../../functions/plan-import/upload.ts';
import { agentJson, bookCsv } from '../support/import-fleet.ts';
import { importRig, rigTenant, type UploadEvent } from '../support/import-rig.ts';
import { memoryTable } from '../support/memory-table.ts';
import { type ZipFile, zipOf } from '../support/zip.ts';

const laptop = (n: number) => agentJson({ name: `sky-lt-${n}`, serial: `SKYW10${n}` });
const book = bookCsv([{ 'Asset Tag': 'SKY-1000', 'Serial Number': 'SKYW101' }]);
const good: ZipFile = { name: 'agents/sky-lt-1.json', content: laptop(1) };

const runsOf = async (content: Buffer, metadata: Record<string, string> = {}) => {
  const table = memoryTable();
  const rig = importRig(table);
  await rig.importFile('glpi', 'fleet.zip', content, metadata).catch((error) => {
    if (!String(error).includes('no run')) throw error;
  });
  const ids = table.items().flatMap(({ e, d }) => (e === 'run' ? [(d as { runId: string }).runId] : []));
  const runs = await Promise.all(ids.map((runId) => rig.read(runId)));
  return { table, rig, runs: runs.sort((a, b) => a.run.format.localeCompare(b.run.format)) };
};
const onlyRun = async (files: readonly ZipFile[] | Buffer, metadata: Record<string, string> = {}) => {
  const { runs } = await runsOf(Buffer.isBuffer(files) ? files : zipOf(files), metadata);
  expect(runs).toHaveLength(1);
  const [only] = runs;
  if (only === undefined) throw new Error('no run');
  return only;
};
const reasonsOf = ({ records }: Awaited<ReturnType<typeof onlyRun>>) =>
  records.flatMap(({ outcome, errors }) => (outcome === 'rejected' ? errors.map(({ reason }) => reason) : []));

describe('a zip', () => {
  it('is one run of all that its files hold, each read by its content', async () => {
    const { run, records } = await onlyRun([
      good,
      { name: 'agents/', content: '', stored: true },
      { name: '__MACOSX/agents/._sky-lt-1.json', content: 'x' },
      { name: 'agents/.DS_Store', content: 'x' },
      { name: 'agents/packed.json.gz', content: gzipSync(laptop(2)) },
      { name: 'agents/stored', content: laptop(3), stored: true },
    ]);
    expect(run).toMatchObject({ format: 'zip/glpi-json', status: 'completed', counts: { records: 3, created: 3 } });
    expect(records.map(({ recordIndex, outcome }) => [recordIndex, outcome])).toEqual([
      [0, 'created'],
      [1, 'created'],
      [2, 'created'],
    ]);
  });

  it('says nothing new when it is uploaded again, or its files one by one', async () => {
    const rig = importRig(memoryTable());
    const files = [1, 2, 3].map((n) => ({ name: `${n}.json`, content: laptop(n) }));
    await rig.importFile('glpi', 'fleet.zip', zipOf(files));
    const again = await rig.importFile('glpi', 'other.zip', zipOf(files.toReversed()));
    expect(again.run.counts).toMatchObject({ records: 3, unchanged: 3 });
    const single = await rig.importFile('glpi', '1.json', laptop(1));
    expect(single.run.counts).toMatchObject({ records: 1, unchanged: 1 });
  });

  it('is one run per planner when it holds formats of both, and no record is lost or told twice', async () => {
    const zip = zipOf([
      { name: 'notes.txt', content: 'see the other file' },
      good,
      { name: 'book.csv', content: book },
    ]);
    const { runs, rig, table } = await runsOf(zip);
    expect(runs.map(({ run }) => [run.format, run.status, run.counts.records, run.counts.rejected])).toEqual([
      ['zip/csv', 'completed', 1, 0],
      ['zip/glpi-json', 'completed', 2, 1],
    ]);
    expect(runs.flatMap(({ records }) => records.flatMap(({ errors }) => errors.map(({ reason }) => reason)))).toEqual([
      expect.stringMatching(/^notes\.txt: The content is of no known format/),
    ]);
    const event = rig.put('glpi', 'fleet.zip', zip, {}, '2026-11-22T06:01:00.000Z');
    event.detail.object.sequencer = '2026-11-22T06:01:00.000Z 1';
    const before = table.items().length;
    await rig.plan(event);
    expect(table.items()).toHaveLength(before);
    expect(rig.messages).toEqual([]);
  });

  it('with formats of several planners is no snapshot: each run would take the things of the others for missing', async () => {
    const zip = [good, { name: 'book.csv', content: book }];
    const { run } = await onlyRun(zip, { snapshot: 'true' });
    expect(run).toMatchObject({ status: 'rejected', problem: { code: 'mixed-snapshot' } });
    expect((await onlyRun([good], { snapshot: 'true' })).run.status).toBe('completed');
  });

  it.each([[[jsonFormats, registerFormats]], [[registerFormats, jsonFormats]]])(
    'is taken up again by the planner that died, whichever came first',
    async (order) => {
      const table = memoryTable();
      const rig = importRig(table);
      const upload = readUpload(rig.put('glpi', 'a.zip', zipOf([good, { name: 'b', content: book }])), rigTenant);
      if (upload === undefined) throw new Error('not an upload');
      const { getMany } = rig.context.table;
      for (const registry of order) {
        rig.context.table.getMany = () => Promise.reject(new Error('killed'));
        await expect(planImport(rig.context, registry, upload)).rejects.toThrow('killed');
        rig.context.table.getMany = getMany;
      }
      for (const registry of order) expect(await planImport(rig.context, registry, upload)).toBe(true);
      expect(rig.messages).toHaveLength(2);
      await rig.work();
      const runs = table.items().flatMap(({ e, d }) => (e === 'run' ? [d as UploadEvent & { status: string }] : []));
      expect(runs.map(({ status }) => status)).toEqual(['completed', 'completed']);
      for (const registry of order) expect(await planImport(rig.context, registry, upload)).toBe(true);
      expect(rig.messages).toEqual([]);
    },
  );

  it('hands the path of a file on to formats that read something from it', async () => {
    const rows = [
      { resourceId: 'i-0123456789abcdef0', CaptureTime: '2026-11-20T08:00:00Z', Name: 'openssl', Version: '3' },
    ];
    const folder = 'AWS:Application/accountid=123456789012/region=eu-west-1/resourcetype=ManagedInstanceInventory';
    const name = `${folder}/i-0123456789abcdef0.json`;
    const { run } = await onlyRun([{ name, content: rows.map((row) => JSON.stringify(row)).join('\n') }]);
    expect(run).toMatchObject({ format: 'zip/aws-ssm-inventory', counts: { records: 1, rejected: 0 } });
  });

  it('may be of the format that the metadata names, and of the profile', async () => {
    const { run } = await onlyRun([{ name: 'a', content: book }], { format: 'csv', profile: 'generic' });
    expect(run.format).toBe('zip/csv');
  });
});

describe('a zip with a file that cannot be read', () => {
  const bomb = Buffer.alloc(60 * 1024 * 1024);
  const broken = Buffer.from(laptop(2));
  it.each<[string, ZipFile, RegExp]>([
    ['is encrypted', { name: 'x', content: laptop(2), flags: 1 }, /^x: It is encrypted/],
    ['is packed as nobody reads', { name: 'x', content: laptop(2), method: 93 }, /^x: It is packed by method 93/],
    ['is a zip', { name: 'x', content: zipOf([good]) }, /^x: It is a zip inside a zip/],
    ['is a bomb', { name: 'x', content: bomb }, /^x: It unpacks from \d+ to 62914560 bytes/],
    ['is a bomb of gzip', { name: 'x', content: gzipSync(bomb), stored: true }, /^x: .*no known format/],
    ['is empty', { name: 'x', content: '' }, /^x: It is empty/],
    ['is of no format', { name: 'x', content: 'hello' }, /^x: The content is of no known format/],
    ['was damaged', { name: 'x', content: broken, stored: true, sum: 1 }, /^x: It is cut off or damaged/],
    ['holds more than is said', { name: 'x', content: laptop(2), plain: 100 }, /^x: It is cut off or damaged/],
    ['holds less than is said', { name: 'x', content: laptop(2), plain: 100_000 }, /^x: It is cut off or damaged/],
    ['is broken JSON', { name: 'x', content: laptop(2).slice(0, -20) }, /^x: This is not JSON: line 1, column \d+/],
    ['is cut-off gzip', { name: 'x', content: gzipSync(laptop(2)).subarray(0, 40) }, /^x: The gzip data is cut off/],
  ])('which %s tells of it by its name, and the others land', async (_what, bad, reason) => {
    const run = await onlyRun([good, bad, { name: 'c.json', content: laptop(3) }]);
    expect(reasonsOf(run)).toEqual([expect.stringMatching(reason)]);
    expect(run.run.counts).toMatchObject({ created: 2, rejected: 1 });
  });

  it('names the file with line, column and value of every fault in it, and in warnings', async () => {
    const cells = 'Asset Tag,Serial Number,Purchase Date\nSKY-1,SKYW201,not a date\n"SKY-2,SKYW202,x\n';
    const { records } = await onlyRun([{ name: 'b/book.csv', content: cells }]);
    expect(records.map(({ outcome }) => outcome)).toEqual(['created', 'rejected']);
    expect(records[0]?.warnings[0]?.detail).toMatch(/^b\/book\.csv: /);
    expect(records[1]?.errors[0]).toMatchObject({ line: 3, reason: expect.stringMatching(/^b\/book\.csv: /) });
  });
});

describe('a zip that cannot be read', () => {
  const many = Array.from({ length: 10_001 }, (_, n) => ({ name: `${n}`, content: '', stored: true }));
  const share = Buffer.alloc(2 * 1024 * 1024);
  const overlapping = Array.from({ length: 30 }, (_, n) => ({ name: `${n}`, content: share, sameDataAs: 0 }));
  const cut = zipOf([good, { name: 'b', content: laptop(2) }]);
  const pointsNowhere = Buffer.concat([zipOf([good]).subarray(0, -6), Buffer.from([0xf0, 0xff, 0xff, 0x7f, 0, 0])]);
  it.each<[string, Buffer, string, RegExp]>([
    ['holds too many files', zipOf(many), 'zip-too-many-entries', /10001 entries; 10000 are read/],
    ['is a bomb of overlapping files', zipOf(overlapping), 'zip-bomb', /to 62914560 bytes/],
    ['is cut off', cut.subarray(0, cut.length - 30), 'zip-broken', /cut off or damaged/],
    ['has a directory that points nowhere', pointsNowhere, 'zip-broken', /cut off or damaged/],
    ['is an xlsx', zipOf([{ name: '[Content_Types].xml', content: '<Types/>' }]), 'spreadsheet', /as CSV/],
    ['is empty', zipOf([]), 'no-records', /no files/],
    ['holds only litter', zipOf([{ name: '__MACOSX/x', content: 'x' }]), 'no-records', /no files/],
    [
      'holds nothing that is read',
      zipOf([{ name: 'a', content: 'x' }]),
      'no-usable-entry',
      /^None of the 1 files.* a: /,
    ],
  ])('because it %s is rejected', async (_what, bytes, code, detail) => {
    const { run } = await onlyRun(bytes);
    expect(run).toMatchObject({ status: 'rejected', problem: { code, detail: expect.stringMatching(detail) } });
  });
  it('because no record of it can be used is rejected', async () => {
    const { run } = await onlyRun([{ name: 'a', content: '{"deviceid":"x","content":{"versionclient":"x","bios":' }]);
    expect(run).toMatchObject({
      status: 'rejected',
      problem: { detail: expect.stringMatching(/a: This is not JSON/) },
    });
  });
});

describe('the name of a file in a zip', () => {
  it.each([
    ['../../../etc/passwd', 'etc/passwd'],
    ['/etc/passwd', 'etc/passwd'],
    ['C:\\Windows\\..\\system32\\x', 'C:/Windows/system32/x'],
    ['a\u0000b\u202Ec\u001b[31m', 'abc[31m'],
    [`${'d/'.repeat(200)}x`, /^….{148}x$/],
    ['__proto__', '__proto__'],
    ['=cmd|calc', '=cmd|calc'],
    [Buffer.from([0x8e, 0x72]), 'Är'],
    ['ärende.json', 'ärende.json'],
  ])('%j is only shown, and as %s', async (name, shown) => {
    const run = await onlyRun([good, { name, content: 'hello' }]);
    const [reason = ''] = reasonsOf(run);
    const told = reason.slice(0, reason.indexOf(': The content'));
    if (shown instanceof RegExp) expect(told).toMatch(shown);
    else expect(told).toBe(shown);
  });
  it('may occur twice: both are read', async () => {
    const { run } = await onlyRun([good, { ...good, content: laptop(2) }]);
    expect(run.counts).toMatchObject({ created: 2 });
  });
});

it('reads zip64, and a zip with a comment', async () => {
  const files = [good, { name: 'b', content: laptop(2), zip64: true }];
  for (const bytes of [zipOf(files, { zip64End: true }), zipOf(files, { comment: 'from the hangar' })]) {
    expect((await onlyRun(bytes)).run.counts).toMatchObject({ created: 2, rejected: 0 });
  }
});
