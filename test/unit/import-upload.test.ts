import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { UnreadableFile } from '../../functions/imports/formats/format.ts';
import { jsonFormats } from '../../functions/imports/formats/json-formats.ts';
import { handleUpload } from '../../functions/plan-import/handler.ts';
import { readSettings } from '../../functions/plan-import/new-run.ts';
import { openContent } from '../../functions/plan-import/open-content.ts';
import { ObjectCreated, readUpload } from '../../functions/plan-import/upload.ts';
import { createLog } from '../../functions/shared/log.ts';
import { importRig } from '../support/import-rig.ts';
import { memoryTable } from '../support/memory-table.ts';

const eventOf = (key: string, object: Record<string, unknown> = { 'version-id': 'v1' }, bucket = 'uploads') =>
  ObjectCreated.parse({
    source: 'aws.s3',
    'detail-type': 'Object Created',
    detail: { bucket: { name: bucket }, object: { key, ...object } },
  });
const read = (key: string, object?: Record<string, unknown>, bucket?: string) =>
  readUpload(eventOf(key, object, bucket), 'skyways');

describe('where an upload lies', () => {
  it.each([
    ['discovery/glpi-agent/a.json', 'skyways', 'glpi-agent'],
    ['discovery/glpi-agent/2026/11/a b+c%20.json', 'skyways', 'glpi-agent'],
    ['discovery/a.b_c-1/x', 'skyways', 'a.b_c-1'],
    ['tenants/other-line/discovery/glpi/x', 'other-line', 'glpi'],
  ])('%s names tenant and source', (key, tenant, source) => {
    expect(read(key)).toMatchObject({ tenant, source, key, version: 'v1' });
  });
  it.each([
    'discovery/glpi-agent/',
    'discovery/x.json',
    'discovery//x.json',
    'Discovery/glpi/x',
    'discovery/-glpi/x',
    `discovery/${'g'.repeat(64)}/x`,
    'tenants/a/discovery/glpi/x',
    'tenants/UPPER/discovery/glpi/x',
    'other/discovery/glpi/x',
    'runs/skyways/x',
    'discovery/manual/x.csv',
    'discovery/glpi/../other/x',
    'discovery/../../etc/passwd',
    'discovery/glpi/./x',
    'tenants/../discovery/glpi/x',
  ])('%s is no upload', (key) => {
    expect(read(key)).toBeUndefined();
  });
  it.each([
    ['discovery/GLPI/x', 'glpi'],
    ['discovery/GL PI & Co/x', 'gl-pi-co'],
  ])('%s is of the source %s', (key, source) => {
    expect(read(key)).toMatchObject({ source, key });
  });
  it('makes one run of one version, however often it is told', () => {
    const run = read('discovery/glpi/x')?.runId;
    expect(read('discovery/glpi/x')?.runId).toBe(run);
    const others = [
      read('discovery/glpi/x', { 'version-id': 'v2' }),
      read('discovery/glpi/y'),
      read('discovery/other/x'),
      read('discovery/glpi/x', { 'version-id': 'v1' }, 'another-bucket'),
      read('tenants/other-line/discovery/glpi/x'),
    ].map((upload) => upload?.runId);
    expect(new Set([run, ...others]).size).toBe(6);
  });
  it('tells versions apart by ETag and sequencer where the bucket keeps none', () => {
    const unversioned = (etag: string, sequencer: string) => read('discovery/glpi/x', { etag, sequencer });
    expect(unversioned('e1', 's1')).toEqual(unversioned('e1', 's1'));
    expect(unversioned('e1', 's1')).not.toHaveProperty('version');
    expect(
      new Set([unversioned('e1', 's1'), unversioned('e1', 's2'), unversioned('e2', 's1')].map((one) => one?.runId))
        .size,
    ).toBe(3);
  });
});

describe('what the metadata of an upload says', () => {
  it.each([
    [{}, 'apply'],
    [{ mode: 'apply' }, 'apply'],
    [{ mode: ' PLAN ' }, 'plan'],
    [{ mode: 'dry-run' }, 'unknown'],
    [{ mode: '' }, 'unknown'],
  ])('%j is read as mode %s', (metadata, mode) => {
    expect(readSettings(metadata as Record<string, string>).mode).toBe(mode);
  });
  it('may hold other names, which are left alone', () => {
    expect(readSettings({ profile: 'snipe-it-assets', colour: 'blue' })).toEqual({
      mode: 'apply',
      profile: 'snipe-it-assets',
    });
  });
});

describe('an event that is no upload', () => {
  it('is told in the log and does nothing', async () => {
    const lines: string[] = [];
    const { context } = importRig(memoryTable());
    const handler = handleUpload(
      { ...context, log: createLog({}, (line) => lines.push(line)) },
      jsonFormats,
      'skyways',
    );
    await handler(eventOf('discovery/manual/x'), {} as never);
    expect(lines.join()).toContain('not an upload');
    await expect(handler({ source: 'aws.ec2' }, {} as never)).rejects.toThrow();
  });
});

async function* pieces(bytes: Buffer, size = 1000): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
const unpack = async (body: AsyncIterable<Uint8Array>) => {
  const opened = await openContent(body);
  if ('problem' in opened) throw new UnreadableFile(opened.problem);
  const parts: Uint8Array[] = [];
  for await (const part of opened.body) parts.push(part);
  return { head: opened.head, text: Buffer.concat(parts).toString('utf8') };
};
const problemOf = async (act: Promise<unknown>): Promise<string> => {
  try {
    await act;
  } catch (error) {
    if (error instanceof UnreadableFile) return error.problem.code;
    throw error;
  }
  throw new Error('it was read');
};

describe('the content of an upload', () => {
  const text = `{"name":"${'Skyways ärende '.repeat(20_000)}"}`;
  it.each([1, 97, 1000, 300_000])('is unpacked when it is gzip, in pieces of %d', async (size) => {
    const read = await unpack(pieces(gzipSync(text), size));
    expect(read.text).toBe(text);
    expect(read.head.length).toBeLessThan(text.length);
    expect(text.startsWith(read.head.slice(0, -2))).toBe(true);
  });
  it('is handed on as it is when it is not', async () => {
    expect(await unpack(pieces(Buffer.from(text)))).toMatchObject({ text });
    for (const short of ['', 'x', 'xy'])
      expect(await unpack(pieces(Buffer.from(short)))).toEqual({ head: short, text: short });
  });
  it('may be several gzip members one after the other', async () => {
    const members = Buffer.concat([gzipSync('one '), gzipSync('two')]);
    expect((await unpack(pieces(members))).text).toBe('one two');
  });
  it('is refused when the gzip data is cut off, or damaged in the middle', async () => {
    const packed = gzipSync(text);
    const damaged = Buffer.from(packed);
    damaged.fill(0xff, packed.length / 2, packed.length / 2 + 40);
    for (const bytes of [
      packed.subarray(0, packed.length - 20),
      damaged,
      packed.subarray(0, 5),
      Buffer.from([0x1f, 0x8b]),
    ]) {
      expect(await problemOf(unpack(pieces(bytes)))).toBe('gzip-broken');
    }
  });
  it('is not called damaged when the connection broke: that is tried again', async () => {
    const broken = async function* () {
      yield gzipSync(text).subarray(0, 200);
      throw Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
    };
    await expect(unpack(broken())).rejects.toThrow('socket hang up');
  });
  it('is refused when it is a bomb, long before it is unpacked', async () => {
    const bomb = gzipSync(Buffer.alloc(200 * 1024 * 1024));
    expect(bomb.length).toBeLessThan(250_000);
    let seen = 0;
    const drain = async () => {
      const { body } = await openContent(pieces(bomb, 10_000));
      for await (const part of body) seen += part.length;
    };
    expect(await problemOf(drain())).toBe('gzip-bomb');
    expect(seen).toBeLessThan(52 * 1024 * 1024);
  });
});
