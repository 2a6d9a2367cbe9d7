import { deflateSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { fusionXml } from '../../functions/imports/formats/fusion-xml/format.ts';
import { chooseFormat } from '../support/formats.ts';
import { chunksOf, fixture, parse, problemOf } from '../support/fusion-xml.ts';
import { context, recordsOf } from '../support/glpi-json.ts';

const files = ['ops-desk.ocs', 'check-in-ocs.xml', 'concourse-probe.xml', 'apron-discovery.xml', 'lounge-ocs-snmp.xml'];
const headOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes.subarray(0, 65_536));

describe('detecting agent XML', () => {
  it.each(files)('recognises %s, plain, behind a mark, in UTF-16 and deflated', (name) => {
    const bytes = fixture(name);
    const utf16 = Buffer.concat([Buffer.of(0xff, 0xfe), Buffer.from(bytes.toString('latin1'), 'utf16le')]);
    const packed = [1, 6, 9].map((level) => deflateSync(bytes, { level }));
    expect(packed.map((one) => one.subarray(0, 2).toString('hex'))).toEqual(['7801', '789c', '78da']);
    for (const variant of [bytes, Buffer.concat([Buffer.of(0xef, 0xbb, 0xbf), bytes]), utf16, ...packed]) {
      expect(chooseFormat(headOf(variant), context, undefined)).toBe(fusionXml);
    }
  });

  it('looks behind declaration, comments and document type', () => {
    const prolog = '\n<?xml version="1.0"?>\n<?style x?><!-- <nmaprun> --><!DOCTYPE REQUEST [<!ENTITY a "b">]>\n';
    expect(fusionXml.detect(`${prolog}<Request>\n<QUERY>SNMP</QUERY>`, context)).toBe(true);
    expect(fusionXml.detect('<!DOCTYPE REQUEST SYSTEM "x.dtd"><REQUEST><CONTENT>', context)).toBe(true);
  });

  it.each([
    ['nmap', '<?xml version="1.0"?><!DOCTYPE nmaprun><nmaprun args="-sV"><host><CONTENT>'],
    ['another root that tells of requests', '<requests><REQUEST><CONTENT/></REQUEST></requests>'],
    ['a request without inventory', '<request id="1"><order/></request>'],
    ['a comment that does not end', '<!-- <REQUEST><CONTENT>'],
    ['a document type that does not end', '<!DOCTYPE REQUEST [ <REQUEST><CONTENT>'],
    ['JSON', '{"content":"<REQUEST><CONTENT>"}'],
    ['CSV whose first letters are x and a Latin-1 letter', 'x\uFFFDnon,serial\nREQUEST,<CONTENT>\n'],
    ['nothing', ''],
  ])('leaves %s to others', (_what, head) => {
    expect(fusionXml.detect(head, context)).toBe(false);
  });
});

describe('what the pieces in which a file arrives change', () => {
  it('is nothing', async () => {
    for (const name of ['ops-desk.ocs', 'concourse-probe.xml']) {
      const bytes = fixture(name);
      const whole = await parse(bytes);
      for (const size of [1, 7, 4096]) expect(await parse(chunksOf(bytes, size))).toEqual(whole);
      expect(await parse(chunksOf(deflateSync(bytes), 13))).toEqual(whole);
    }
  });
});

describe('any damage to a file', () => {
  it('gives records that fit, faults or one problem, and never a crash', async () => {
    const originals = files.map(fixture);
    const bytes = fc.constantFrom(...originals).chain((original) =>
      fc
        .array(
          fc.tuple(fc.nat(original.length - 1), fc.oneof(fc.nat(255), fc.constantFrom(0x3c, 0x3e, 0x26, 0x2f, 0x22))),
          { minLength: 1, maxLength: 4 },
        )
        .map((changes) => {
          const copy = Buffer.from(original);
          for (const [at, byte] of changes) copy[at] = byte;
          return copy;
        }),
    );
    await fc.assert(
      fc.asyncProperty(bytes, async (damaged) => {
        const problem = await problemOf(damaged);
        if (problem !== undefined) return expect(problem.detail.length).toBeGreaterThan(20);
        const parsed = await parse(damaged);
        recordsOf(parsed.filter((one) => 'record' in one));
        expect(parsed.length).toBeGreaterThan(0);
      }),
      { numRuns: 300 },
    );
  });
});
