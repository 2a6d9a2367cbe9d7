import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import type { ParsedRecord } from '../../domain/discovery/record.ts';
import { UnreadableFile } from '../../functions/imports/formats/format.ts';
import { openUpload } from '../../functions/plan-import/open-upload.ts';
import { memoryObjects } from '../support/memory-objects.ts';
import { registries } from '../support/registries.ts';

const folder = 'test/fixtures';
const passed = /estate|README|event-schemas/;
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
  (name) => /\.\w+$/.test(name) && !passed.test(name),
);

const read = async (name: string, bytes: Buffer): Promise<{ format: string; parsed: ParsedRecord[] }> => {
  const { kept, store } = memoryObjects();
  const key = `discovery/skyways/${name}`;
  kept.set(key, { bytes, metadata: {}, storedAt: '2026-11-22T08:00:00.000Z' });
  const opened = await openUpload(store, { tenant: 'skyways', source: 'skyways', key, runId: 'run' });
  if (opened === undefined || opened.choice.problem !== undefined)
    throw new UnreadableFile(opened?.choice.problem ?? { code: 'gone', detail: '' });
  const { families } = opened.choice;
  const registry = registries.find(({ family }) => families.includes(family));
  if (registry === undefined) throw new Error('nobody reads it');
  const parsed: ParsedRecord[] = [];
  for await (const one of opened.parse(registry, '2026-11-22T08:00:00.000Z') ?? []) parsed.push(one);
  await opened.close();
  return { format: opened.choice.format, parsed };
};

/** What is said of a thing, without where it stands in the file and how the file was encoded. */
const saidBy = ({ format, parsed }: Awaited<ReturnType<typeof read>>) => ({
  format,
  said: parsed
    .map((one) => ('record' in one ? { ...one.record, line: 0, recordIndex: 0, warnings: [] } : 'fault'))
    .map((one) => JSON.stringify(one))
    .sort(),
});

const json = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
const asJson =
  (write: (value: unknown) => string) =>
  (text: string): string | undefined => {
    const value = json(text);
    return value === undefined ? undefined : write(value);
  };
const utf16 = (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le');

/** How the same export comes when it went through other hands. */
const ways: Record<string, (text: string) => Buffer | string | undefined> = {
  'with a byte order mark': (text) => `\uFEFF${text}`,
  'as UTF-16, as PowerShell redirects': utf16,
  'as UTF-16, big end first': (text) => utf16(text).swap16(),
  'with line ends of Windows': (text) => text.replaceAll(/\r?\n/g, '\r\n'),
  packed: (text) => gzipSync(text),
  'packed, as UTF-16': (text) => gzipSync(utf16(text)),
  'with blank lines behind': (text) => `${text}\n\n\n`,
  'on one line': asJson((value) => JSON.stringify(value)),
  'with tabs': asJson((value) => JSON.stringify(value, null, '\t')),
  'with blanks before colons': asJson((value) =>
    JSON.stringify(value, null, 2).replaceAll(/^(\s*"[^"]*"): /gm, '$1 : '),
  ),
  'with slashes and letters escaped': asJson((value) =>
    JSON.stringify(value)
      .replaceAll('/', '\\/')
      .replaceAll(/[^ -~]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`),
  ),
};

describe.each(files)('%s', (name) => {
  const bytes = readFileSync(join(folder, name));
  const text = bytes.toString('utf8').replace(/^\uFEFF/, '');
  const isText = !text.includes('\uFFFD') && !text.includes('\0');

  it('says the same in all the ways in which it may come', async () => {
    const asItIs = saidBy(await read(name, bytes));
    expect(asItIs.said.length).toBeGreaterThan(0);
    for (const [way, write] of Object.entries(ways)) {
      const written = isText ? write(text) : undefined;
      if (written !== undefined)
        expect({ way, ...saidBy(await read(name, Buffer.from(written))) }).toEqual({ way, ...asItIs });
    }
  });
});

describe('several exports in one file', () => {
  const lists = [
    ['aws/config-snapshot.json', 5],
    ['aws/describe-instances.json', 2],
    ['aws/instance-information.json', 2],
    ['itsm/servicenow-cis.json', 4],
    ['kubernetes/cluster.json', 11],
    ['glpi-json/gate-laptop.json', 3],
  ] as const;
  it.each(lists)('are read from a list of %s, as jq -s writes it', async (name, records) => {
    const text = readFileSync(join(folder, name), 'utf8');
    const { parsed } = await read(name, Buffer.from(`[${text}]`));
    expect(parsed.filter((one) => 'record' in one)).toHaveLength(records);
    expect(parsed.map((one) => ('record' in one ? one.record : one.fault).recordIndex)).toEqual(
      parsed.map((_, n) => n),
    );
  });
  it('are read from lines of agent messages; a broken line leaves the others', async () => {
    const one = (serial: string) =>
      JSON.stringify({
        deviceid: serial,
        content: { versionclient: 'x', bios: { ssn: serial }, hardware: { name: serial } },
      });
    const content = [one('SKYW1001'), '{"deviceid": oops}', '{"deviceid":"empty"}', one('SKYW1002')].join('\n');
    const { parsed } = await read('agents.ndjson', Buffer.from(content));
    expect(parsed).toMatchObject([
      { record: { recordIndex: 0 } },
      { fault: { recordIndex: 1, line: 2, errors: [{ line: 2, reason: expect.stringContaining('not JSON') }] } },
      { fault: { recordIndex: 2, line: 3, errors: [{ reason: expect.stringContaining('no object `content`') }] } },
      { record: { recordIndex: 3 } },
    ]);
  });
});
