import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { catalogue, chooseFormat, familyOf } from '../../functions/imports/formats/catalogue.ts';
import { documentFormats } from '../../functions/imports/formats/document-formats.ts';
import type { Registry } from '../../functions/imports/formats/format.ts';
import { jsonFormats } from '../../functions/imports/formats/json-formats.ts';
import { registerFormats } from '../../functions/imports/formats/register-formats.ts';
import { openUpload } from '../../functions/plan-import/open-upload.ts';
import { planImport } from '../../functions/plan-import/plan.ts';
import { readUpload } from '../../functions/plan-import/upload.ts';
import { agentJson, bookCsv } from '../support/import-fleet.ts';
import { importRig, rigTenant, type UploadEvent } from '../support/import-rig.ts';
import { memoryTable } from '../support/memory-table.ts';
import { registries } from '../support/registries.ts';

const laptop = agentJson({ name: 'sky-lt-1', serial: 'SKYW42' });
const book = bookCsv([{ 'Asset Tag': 'SKY-1000', 'Serial Number': 'SKYW42' }]);
const yaml =
  'apiVersion: backstage.io/v1alpha1\nkind: System\nmetadata:\n  name: crew-planning\nspec:\n  owner: crew\n';

describe('the catalogue of formats', () => {
  const problemsOf = (known: typeof catalogue, given: readonly Registry[]): string[] => [
    ...given.flatMap(({ family, formats }) => {
      const listed = known.filter((one) => one.family === family).map(({ name }) => name);
      const read = formats.map(({ name }) => name);
      return listed.join() === read.join() ? [] : [`${family}: ${listed} are not ${read}`];
    }),
    ...known.flatMap(({ name, detect }) => {
      const found = given.flatMap(({ formats }) => formats.filter((one) => one.name === name));
      return found.length === 1 && found[0]?.detect === detect ? [] : [`${name} is in ${found.length} registries`];
    }),
  ];

  it('names each format once, as the one registry of its family does, in the same order and recognised alike', () => {
    expect(problemsOf(catalogue, registries)).toEqual([]);
    expect(new Set(catalogue.map(({ name }) => name)).size).toBe(catalogue.length);
  });
  it('would be found wrong if one were missing, of another family, elsewhere in the order, or recognised otherwise', () => {
    const [first, second, ...rest] = catalogue;
    if (first === undefined || second === undefined) throw new Error('two formats expected');
    const wrong = [
      [second, ...rest],
      [{ ...first, family: 'documents' as const }, second, ...rest],
      [...rest, second, first],
      [{ ...first, detect: () => true }, second, ...rest],
    ];
    for (const known of wrong) expect(problemsOf(known, registries)).not.toEqual([]);
    expect(problemsOf(catalogue, [...registries, documentFormats])).not.toEqual([]);
  });
  it('asks the least particular format last', () => {
    expect(catalogue.at(-1)?.name).toBe('csv');
    const context = { source: 'glpi', objectKey: 'x', storedAt: '2026-11-22T08:00:00.000Z' };
    expect([laptop, book, yaml].map((head) => chooseFormat(head, context, undefined).name)).toEqual([
      'glpi-json',
      'csv',
      'backstage',
    ]);
  });
  it('leaves what nobody knows to the planner of JSON', () => {
    expect(['csv', 'glpi-json', 'unknown', 'excel'].map(familyOf)).toEqual(['registers', 'json', 'json', 'json']);
  });
});

const read = (event: UploadEvent) => {
  const upload = readUpload(event, rigTenant);
  if (upload === undefined) throw new Error('not an upload');
  return upload;
};

describe('planners that hear of every upload', () => {
  const cases: [string, string | Buffer, Record<string, string>, Registry['family'], string][] = [
    ['JSON', laptop, {}, 'json', 'glpi-json'],
    ['packed JSON', gzipSync(laptop), {}, 'json', 'glpi-json'],
    ['delimited text', book, {}, 'registers', 'csv'],
    ['packed delimited text', gzipSync(book), {}, 'registers', 'csv'],
    ['YAML', yaml, {}, 'documents', 'backstage'],
    ['a format that is named', book, { format: 'csv' }, 'registers', 'csv'],
    ['a format of another that is named', laptop, { format: 'csv' }, 'registers', 'csv'],
    ['an unknown format that is named', book, { format: 'excel' }, 'json', 'unknown'],
    ['no known format', 'nothing to see here', {}, 'json', 'unknown'],
  ];
  it.each(cases)(
    'leave %s to one of them; the others touch nothing',
    async (_what, content, metadata, family, format) => {
      const owner = registries.find((one) => one.family === family) ?? jsonFormats;
      const others = registries.filter((one) => one !== owner);
      const table = memoryTable();
      const rig = importRig(table);
      const upload = read(rig.put('glpi', 'x', content, metadata));
      for (const other of others) expect(await planImport(rig.context, other, upload)).toBe(false);
      expect([table.items(), rig.messages, rig.data.kept.size]).toEqual([[], [], 0]);

      expect(await planImport(rig.context, owner, upload)).toBe(true);
      const planned = table.items();
      const asked = rig.messages.length;
      expect((await rig.read(upload.runId)).run.format).toBe(format);
      for (const other of others) expect(await planImport(rig.context, other, upload)).toBe(false);
      expect([table.items(), rig.messages.length]).toEqual([planned, asked]);
    },
  );

  it('take a run up again only if it is their own: the other does not even open the upload', async () => {
    const rig = importRig(memoryTable());
    const upload = read(rig.put('register', 'a.csv', book));
    const { getMany } = rig.context.table;
    rig.context.table.getMany = () => Promise.reject(new Error('killed'));
    await expect(planImport(rig.context, registerFormats, upload)).rejects.toThrow('killed');
    rig.context.table.getMany = getMany;

    const { get } = rig.context.uploads;
    rig.context.uploads.get = () => Promise.reject(new Error('opened'));
    expect(await planImport(rig.context, jsonFormats, upload)).toBe(false);
    rig.context.uploads.get = get;
    expect(await planImport(rig.context, registerFormats, upload)).toBe(true);
    expect((await rig.read(upload.runId)).run).toMatchObject({ status: 'applying', chunks: 1 });
    expect(await planImport(rig.context, jsonFormats, upload)).toBe(false);
    expect(rig.messages).toHaveLength(1);
    expect(await planImport(rig.context, registerFormats, upload)).toBe(true);
    expect(rig.messages).toHaveLength(2);
  });

  it.each([[registries], [registries.toReversed()]])(
    'all reject what cannot be unpacked, and it is rejected once',
    async (order) => {
      const table = memoryTable();
      const rig = importRig(table);
      const upload = read(rig.put('glpi', 'x', gzipSync(laptop).subarray(0, 60)));
      await Promise.all(order.map((registry) => planImport(rig.context, registry, upload)));
      expect(
        table
          .items()
          .filter(({ e }) => e !== 'source')
          .map(({ e, v }) => [e, v]),
      ).toEqual([['run', 2]]);
      expect((await rig.read(upload.runId)).run).toMatchObject({
        status: 'rejected',
        problem: { code: 'gzip-broken' },
      });
    },
  );

  it('reject a run whose object became one of another planner', async () => {
    const rig = importRig(memoryTable());
    const upload = read(rig.put('register', 'a.csv', book));
    const { getMany } = rig.context.table;
    rig.context.table.getMany = () => Promise.reject(new Error('killed'));
    await expect(rig.plan(rig.put('register', 'b.csv', book))).rejects.toThrow('killed');
    await expect(planImport(rig.context, registerFormats, upload)).rejects.toThrow('killed');
    rig.context.table.getMany = getMany;
    rig.put('register', 'a.csv', laptop);
    await planImport(rig.context, registerFormats, upload);
    expect((await rig.read(upload.runId)).run.problem?.code).toBe('object-replaced');
  });
});

describe('an upload that was opened', () => {
  it.each([
    ['plain', Buffer.from(book.repeat(2000))],
    ['packed', gzipSync(Buffer.from(Array.from({ length: 40_000 }, (_, n) => `SKY-${n * 7919},SN${n}\n`).join('')))],
    ['broken', gzipSync(laptop).fill(0xff, 12)],
  ])('is let go of without being read to its end when it is %s', async (_what, bytes) => {
    let given = 0;
    let closed = false;
    const body = async function* () {
      try {
        for (; given < bytes.length; given += 1024) yield bytes.subarray(given, given + 1024) as Uint8Array;
      } finally {
        closed = true;
      }
    };
    const object = { body: body(), metadata: {}, storedAt: '2026-11-22T08:00:00.000Z', size: bytes.length };
    const store = { get: async () => object, put: async () => {} };
    const opened = await openUpload(store, read(importRig(memoryTable()).put('register', 'a.csv', 'x')));
    await opened?.close();
    expect(closed).toBe(true);
    if (opened?.choice.problem === undefined) expect(given).toBeLessThan(bytes.length);
  });
});
