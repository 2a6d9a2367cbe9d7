import { describe, expect, it } from '@jest/globals';
import { agentJson, bookCsv } from '../support/import-fleet.ts';
import { importRig } from '../support/import-rig.ts';
import { memoryTable } from '../support/memory-table.ts';

const good = JSON.parse(agentJson({ name: 'sky-lt-1', serial: 'SKYW1001' })) as { content: Record<string, unknown> };
const header = 'Asset Tag,Serial Number,Model,Notes';
const payloads = [
  '=cmd|calc!A0',
  '+1+1',
  '@SUM(A1)',
  '-2+3',
  '＝1+1',
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  '{{constructor.constructor("x")()}}',
  '#{7*7}',
  '../../etc/passwd',
  "'; drop table assets; --",
  '__proto__',
  'constructor',
];
const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;

const importOf = async (content: string | Buffer, metadata: Record<string, string> = {}) => {
  const table = memoryTable();
  const rig = importRig(table);
  const { run, records } = await rig.importFile('register', 'x', content, metadata);
  return { run, records, table, rig };
};
const assets = (items: ReturnType<ReturnType<typeof memoryTable>['items']>) => items.filter(({ e }) => e === 'asset');

describe('hostile uploads', () => {
  it('carry formulas, markup and paths as text: every row lands, nothing is run, named or inherited', async () => {
    const rows = payloads.map((payload, n) => `SKY-${n},SKYW20${n + 10},${quoted(payload)},${quoted(payload)}`);
    const { run, table, rig } = await importOf([header, ...rows].join('\n'));
    expect(run.counts).toMatchObject({ records: payloads.length, created: payloads.length, rejected: 0 });
    const stored = JSON.stringify(assets(table.items()).map(({ d }) => d));
    for (const payload of payloads) expect(stored).toContain(JSON.stringify(payload).slice(1, -1));
    for (const key of [...rig.data.kept.keys()]) expect(key).not.toContain('..');
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it('of 1,000,000 columns are refused by their first line, with the number', async () => {
    const wide = Array.from({ length: 1_000_000 }, (_, n) => `c${n}`).join(',');
    const { run } = await importOf(`${wide}\n1,2\n`, { format: 'csv' });
    expect(run).toMatchObject({
      status: 'rejected',
      problem: { code: expect.stringMatching(/too-many-columns|unreadable-header|no-profile/) },
    });
  });

  it('of 20,000 rows that nothing names tell of each in files of 1,000, and the rows around them land', async () => {
    const broken = Array.from({ length: 20_000 }, (_, n) => `,,Runway ${n},x`);
    const text = [header, 'SKY-A,SKYW9001,x,y', ...broken, 'SKY-B,SKYW9002,x,y'].join('\n');
    const { run, rig } = await importOf(text);
    expect(run.counts).toMatchObject({ records: 20_002, rejected: 20_000, created: 2 });
    const parts = [...rig.data.kept.entries()].filter(([key]) => key.includes('/outcomes/scan-'));
    expect(parts.length).toBe(20);
    for (const [, { bytes }] of parts) expect(bytes.length).toBeLessThan(1024 * 1024);
  });
});

describe('hostile JSON', () => {
  const line = (content: Record<string, unknown>, name: string) =>
    JSON.stringify({ deviceid: name, content: { ...good.content, ...content } });
  const row = (text: string) => ({ text, lands: false });
  const lands = (text: string) => ({ text, lands: true });
  const own = (serial: string) => line({ bios: { ssn: serial }, hardware: { name: serial.toLowerCase() } }, serial);
  const cases: [string, { text: string; lands: boolean }][] = [
    ['is nested 100,000 deep', row(`{"deviceid":"x","content":${'['.repeat(100_000)}${']'.repeat(100_000)}}`)],
    ['is cut off', row(own('SKYW3001').slice(0, -30))],
    ['has a number that is none', row('{"deviceid":"x","content":{"hardware":{"memory":1e}}}')],
    ['has a number beyond all', lands(own('SKYW3002').replace('"hardware":{', '"hardware":{"memory":1e999,'))],
    ['has 400 digits', lands(own('SKYW3003').replace('"hardware":{', `"hardware":{"memory":${'9'.repeat(400)},`))],
    ['has a key twice', lands(own('SKYW3004').replace('"hardware":{', '"hardware":{"name":"first","name":"second",'))],
    [
      'has __proto__',
      lands(
        own('SKYW3005').replace('"content":{', '"__proto__":{"polluted":1},"content":{"__proto__":{"polluted":1},'),
      ),
    ],
    ['has a lone surrogate', lands(own('SKYW3006').replace('"hardware":{', '"hardware":{"description":"\\ud800",'))],
    ['has a NUL in a text', lands(own('SKYW3007').replace('"hardware":{', '"hardware":{"description":"a\\u0000b",'))],
    [
      'has a text of 1,000,000',
      lands(own('SKYW3008').replace('"hardware":{', `"hardware":{"description":"${'x'.repeat(1_000_000)}",`)),
    ],
    ['is a text where an object must stand', row('{"deviceid":"x","content":"hello"}')],
    ['is a list', row('{"deviceid":"x","content":[1,2,3]}')],
  ];
  it.each(cases)('that %s leaves the messages before and behind it alone', async (_what, { lands: isGood, text }) => {
    const { run, records, table } = await importOf([own('SKYW1001'), text, own('SKYW1002')].join('\n'));
    expect(run.counts).toMatchObject({ records: 3, rejected: isGood ? 0 : 1 });
    expect(assets(table.items())).toHaveLength(isGood ? 3 : 2);
    for (const { errors, line: at, outcome } of records) {
      if (outcome === 'rejected')
        expect({ at, errors }).toMatchObject({ at: 2, errors: [{ reason: expect.any(String) }] });
    }
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it('in bytes that are no UTF-8 still gives the record', async () => {
    const bytes = Buffer.from(own('SKYW4001').replace('skyw4001', 'sky\u00fe01'), 'latin1');
    expect((await importOf(bytes)).run.counts).toMatchObject({ records: 1, rejected: 0 });
  });
});

it('a device that shows the serial of another tells neither of it silently', async () => {
  const rig = importRig(memoryTable());
  await rig.importFile('register', 'book', bookCsv([{ 'Asset Tag': 'SKY-1', 'Serial Number': 'SKYW5001' }]));
  const one = (name: string, uuid: string) =>
    JSON.stringify({
      deviceid: name,
      content: {
        ...good.content,
        bios: { ssn: 'SKYW5001', smanufacturer: 'Berge' },
        hardware: { name, uuid, chassis_type: 'Laptop' },
      },
    });
  const first = await rig.importFile('agents', 'a', one('sky-lt-1', '4c4c4544-0051-4710-8052-b7c04f4b3732'));
  const second = await rig.importFile('agents', 'b', one('intruder', '8d1f2c3a-6b4e-4f2a-9c1d-2e3f4a5b6c7d'));
  expect(first.records.map(({ outcome }) => outcome)).toEqual(['linked']);
  expect(second.records.map(({ outcome }) => outcome)).toEqual([
    expect.stringMatching(/review|ambiguous|refused|held/),
  ]);
});
