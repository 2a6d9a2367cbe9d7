import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { UploadContext } from '../../functions/imports/formats/format.ts';
import { UnreadableFile } from '../../functions/imports/formats/format.ts';
import { jsonFormats } from '../../functions/imports/formats/json-formats.ts';
import { zipLimits } from '../../functions/plan-import/zip/limits.ts';
import { openArchive } from '../../functions/plan-import/zip/open-archive.ts';
import { openZip } from '../../functions/plan-import/zip/open-zip.ts';
import { type ZipFile, zipOf } from '../support/zip.ts';

const name = fc.oneof(
  fc.constantFrom('a.json', '../../etc/passwd', 'C:\\x', '/abs', '__proto__', 'ä', 'dir/b'),
  fc
    .string({ minLength: 1, maxLength: 40 })
    .filter((text) => !/[\\/]$|__MACOSX|\.DS_Store|\._|Thumbs|desktop|mimetype|Content_Types/i.test(text)),
);
const file: fc.Arbitrary<ZipFile> = fc.record(
  {
    name,
    content: fc.uint8Array({ maxLength: 3000 }).map((bytes) => Buffer.from(bytes)),
    stored: fc.boolean(),
    zip64: fc.boolean(),
  },
  { requiredKeys: ['name', 'content'] },
);
const cuts = fc.array(fc.integer({ min: 1, max: 500 }), { minLength: 1, maxLength: 20 });

async function* inPieces(bytes: Buffer, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? 1;
    yield bytes.subarray(at, at + size);
    at += size;
  }
}
const collect = async (body: AsyncIterable<Uint8Array>): Promise<Buffer> => {
  const parts: Uint8Array[] = [];
  for await (const part of body) parts.push(part);
  return Buffer.concat(parts);
};
const context: UploadContext = {
  source: 'glpi',
  objectKey: 'discovery/glpi/x.zip',
  storedAt: '2026-11-22T08:00:00.000Z',
};

describe('a zip of anything', () => {
  it('gives every file back as it was packed, however it arrives, under a name that leads nowhere', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(file, { minLength: 1, maxLength: 8 }),
        cuts,
        fc.boolean(),
        async (files, sizes, zip64End) => {
          const zip = await openZip(inPieces(zipOf(files, { zip64End }), sizes), zipLimits);
          try {
            expect(zip.entries).toHaveLength(files.length);
            for (const [index, entry] of zip.entries.entries()) {
              expect(entry.name.split('/')).not.toContain('..');
              expect(entry.name).not.toMatch(/[\p{Cc}\\]|^\//u);
              expect(await collect(entry.open())).toEqual(Buffer.from(files[index]?.content ?? ''));
            }
          } finally {
            await zip.close();
          }
        },
      ),
      { numRuns: 150 },
    );
  });

  it('that is damaged anywhere is refused, or gives back what it held, or says which file is damaged', async () => {
    const files = [1, 2, 3].map((n) => ({
      name: `${n}.json`,
      content: `{"n": ${n}, "text": "${'Skyways '.repeat(40)}"}`,
    }));
    const whole = zipOf(files);
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: whole.length - 1 }),
        fc.integer({ min: 1, max: 255 }),
        cuts,
        async (at, by, sizes) => {
          const bytes = Buffer.from(whole);
          bytes[at] = (bytes[at] ?? 0) ^ by;
          const opened = await openArchive(inPieces(bytes, sizes), context, { mode: 'apply' }, zipLimits);
          await opened.close();
          expect(opened.choice.problem?.detail ?? 'none').not.toBe('');
          let zip: Awaited<ReturnType<typeof openZip>> | undefined;
          try {
            zip = await openZip(inPieces(bytes, sizes), zipLimits);
            for (const entry of zip.entries) {
              if (entry.refusal !== undefined) continue;
              const text = await collect(entry.open()).catch((error: unknown) => {
                expect(error).toBeInstanceOf(UnreadableFile);
                return undefined;
              });
              if (text !== undefined) expect(files.map(({ content }) => content)).toContain(text.toString());
            }
          } catch (error) {
            expect(error).toBeInstanceOf(UnreadableFile);
          } finally {
            await zip?.close();
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it('loses no good file for a bad one beside it, and numbers records through', async () => {
    const agent = (n: number) =>
      JSON.stringify({
        deviceid: `d${n}`,
        content: { versionclient: 'x', bios: { ssn: `SKYW${1000 + n}` }, hardware: { name: `sky-${n}` } },
      });
    const bad: readonly ((n: number) => ZipFile)[] = [
      (n) => ({ name: `${n}`, content: 'no format' }),
      (n) => ({ name: `${n}`, content: agent(n), flags: 1 }),
      (n) => ({ name: `${n}`, content: agent(n), method: 12 }),
      (n) => ({ name: `${n}`, content: agent(n).slice(0, -9) }),
      (n) => ({ name: `${n}`, content: gzipSync(agent(n)).subarray(0, -9) }),
      (n) => ({ name: `${n}`, content: agent(n), plain: 7 }),
      (n) => ({ name: `${n}`, content: zipOf([{ name: 'x', content: agent(n) }]) }),
    ];
    const kinds = fc.array(fc.integer({ min: -8, max: bad.length - 1 }), { minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(kinds, cuts, async (wanted, sizes) => {
        const files = wanted.map((kind, n) => bad[kind]?.(n) ?? { name: `${n}`, content: agent(n) });
        const opened = await openArchive(inPieces(zipOf(files), sizes), context, { mode: 'apply' }, zipLimits);
        const goods = wanted.filter((kind) => kind < 0).length;
        try {
          if (goods === 0) return;
          const parsed = [];
          for await (const one of opened.parse(jsonFormats, context.storedAt) ?? []) parsed.push(one);
          expect(parsed.map((one) => 'record' in one)).toEqual(wanted.map((kind) => kind < 0));
          expect(parsed.map((one) => ('record' in one ? one.record : one.fault).recordIndex)).toEqual(
            wanted.map((_, n) => n),
          );
        } finally {
          await opened.close();
        }
      }),
      { numRuns: 100 },
    );
  });
});
