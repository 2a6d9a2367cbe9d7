import { deflateSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { faultsOf, parse, problemOf } from '../support/fusion-xml.ts';
import { keysOf, only, recordsOf } from '../support/glpi-json.ts';

const open = '<REQUEST><CONTENT>';
const close = '</CONTENT><DEVICEID>foo</DEVICEID><QUERY>SNMPQUERY</QUERY></REQUEST>';
const device = (serial: string, more = '') =>
  `<DEVICE><INFO><SERIAL>${serial}</SERIAL><TYPE>NETWORKING</TYPE>${more}</INFO></DEVICE>`;
const host = (more: string) => `${open}<HARDWARE><NAME>gate-1</NAME>${more}</HARDWARE>${close}`;
const piece = 64 * 1024;

/** A stream that counts the bytes which the reader took: what it does not take costs neither time nor memory. */
const counted = (parts: Iterable<string>) => {
  const taken = { bytes: 0 };
  const body = async function* () {
    for (const part of parts) {
      const bytes = Buffer.from(part);
      for (let at = 0; at < bytes.length; at += piece) {
        taken.bytes += Math.min(piece, bytes.length - at);
        yield bytes.subarray(at, at + piece);
      }
    }
  };
  return { taken, body: body() };
};

function* flood(start: string, part: string, times: number, end = ''): Iterable<string> {
  yield start;
  for (let left = times; left > 0; left -= 5000) yield part.repeat(Math.min(left, 5000));
  yield end;
}

const mebibyte = 1024 * 1024;

describe('hostile XML', () => {
  const laughs = Array.from({ length: 9 }, (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`).join('');

  it.each([
    ['billion laughs', `<!DOCTYPE REQUEST [<!ENTITY l0 "ha">${laughs}]>${host('<OSNAME>&l9;</OSNAME>')}`],
    [
      'quadratic blow-up',
      `<!DOCTYPE REQUEST [<!ENTITY a "${'a'.repeat(50_000)}">]>${host(`<OSNAME>${'&a;'.repeat(50_000)}</OSNAME>`)}`,
    ],
    [
      'an external entity',
      `<!DOCTYPE REQUEST [<!ENTITY x SYSTEM "file:///etc/passwd">]>${host('<OSNAME>&x;</OSNAME>')}`,
    ],
    ['an external document type', `<!DOCTYPE REQUEST SYSTEM "http://169.254.169.254/latest">${host('')}`],
    ['a parameter entity', `<!DOCTYPE REQUEST [<!ENTITY % p SYSTEM "http://skyways.example/p.dtd"> %p;]>${host('')}`],
  ])('refuses %s with its document type', async (_what, text) => {
    expect(await problemOf(text)).toMatchObject({
      code: 'xml-doctype',
      line: 1,
      detail: expect.stringContaining('document type'),
    });
  });

  it('knows no entities but the five of XML', async () => {
    const [good] = recordsOf(await parse(host('<OSNAME>&lt;&gt;&amp;&quot;&apos;&#65;&#x42;</OSNAME>')));
    expect(good?.sections.os?.osName).toBe('<>&"\'AB');
    for (const entity of ['&nbsp;', '&l9;', '&constructor;', '&#0;', '&#xFFFFFFFF;', '&#xD800;'])
      expect(await problemOf(host(`<OSNAME>${entity}</OSNAME>`))).toMatchObject({ code: 'xml-syntax', line: 1 });
  });

  it('stops at 65 of 200,000 nested elements', async () => {
    const { taken, body } = counted(flood(open, '<A>', 200_000));
    const problem = await problemOf(body);
    expect(problem).toMatchObject({ code: 'xml-too-deep', line: 1, column: open.length + 63 * 3 });
    expect(taken.bytes).toBeLessThanOrEqual(2 * piece);
    const inner = (depth: number) =>
      `${open}<HARDWARE><NAME>gate-1</NAME></HARDWARE>${'<A>'.repeat(depth)}x${'</A>'.repeat(depth)}${close}`;
    expect(await problemOf(inner(63))).toMatchObject({ code: 'xml-too-deep' });
    expect(await problemOf(inner(62))).toBeUndefined();
  });

  it('stops at 201 of 200,000 attributes', async () => {
    const attributes = (count: number) => Array.from({ length: count }, (_, n) => ` a${n}="x"`).join('');
    const { taken, body } = counted([`${open}<HARDWARE`, attributes(200_000), `><NAME>a</NAME></HARDWARE>${close}`]);
    expect(await problemOf(body)).toMatchObject({ code: 'xml-too-many-attributes' });
    expect(taken.bytes).toBeLessThanOrEqual(2 * piece);
    expect(await problemOf(`${open}<HARDWARE${attributes(201)}><NAME>a</NAME></HARDWARE>${close}`)).toMatchObject({
      code: 'xml-too-many-attributes',
    });
    expect(await problemOf(`${open}<HARDWARE${attributes(200)}><NAME>a</NAME></HARDWARE>${close}`)).toBeUndefined();
  });

  it.each([
    ['numeric references', `${open}<HARDWARE><NAME>gate-1</NAME><OSNAME>`, '&#65;'],
    ['text', `${open}<HARDWARE><NAME>gate-1</NAME><OSNAME>`, 'A'.repeat(50)],
    ['a CDATA section', `${open}<HARDWARE><NAME>gate-1</NAME><OSNAME><![CDATA[`, '<]>'],
    ['a comment', `${open}<!--`, 'x- '],
    ['comments', open, '<!-- -->'],
    ['an instruction', `${open}<?a`, ' b c'],
    ['a name', `${open}<`, 'NAME'],
    ['an attribute', `${open}<HARDWARE a="`, '&#x41;'],
    ['an entity', `${open}<HARDWARE><NAME>&`, 'amp'],
    ['a document type', '<!DOCTYPE REQUEST [', '<!ENTITY a "b">'],
    ['an end tag', `${open}</`, 'CONTENT'],
  ])('stops 1 MiB into an endless flood of %s', async (_what, start, part) => {
    const { taken, body } = counted(flood(start, part, (64 * mebibyte) / part.length));
    expect(await problemOf(body)).toMatchObject({ code: 'xml-text-too-long', line: 1 });
    expect(taken.bytes).toBeGreaterThan(mebibyte);
    expect(taken.bytes).toBeLessThan(1.5 * mebibyte);
  });

  it('reads what is long and within the limit', async () => {
    const text = host(`<OSNAME>${'&#65;'.repeat(200_000)}</OSNAME>`);
    const record = only(recordsOf(await parse(Buffer.from(text))));
    expect(record.sections.os?.osName).toBe('A'.repeat(200));
  });

  it('stops at 200,000 elements of one device, which a real one does not come near', async () => {
    const { taken, body } = counted(
      flood(`${open}<HARDWARE><NAME>a</NAME></HARDWARE>`, '<S><N>1</N></S>', 4_000_000, close),
    );
    expect(await problemOf(body)).toMatchObject({ code: 'record-too-large' });
    expect(taken.bytes).toBeLessThan(2 * mebibyte);
  });

  it('counts every device by itself', async () => {
    const parts = '<VOLUMES><A>1</A></VOLUMES>'.repeat(60_000);
    const withParts = (serial: string) => device(serial).replace('</DEVICE>', `${parts}</DEVICE>`);
    const records = recordsOf(await parse(counted([open, withParts('SKYBIG01'), withParts('SKYBIG02'), close]).body));
    expect(keysOf(records)).toEqual(['serial::skybig01', 'serial::skybig02']);
  });

  it('stops a zlib bomb at 64 MiB and keeps what came before', async () => {
    const filler = device('SKYBOMB', `<COMMENTS>${'x'.repeat(1_000_000)}</COMMENTS>`);
    const bomb = deflateSync(Buffer.from(open + device('SKYFIRST') + filler.repeat(70)));
    expect(bomb.length).toBeLessThan(100_000);
    const parsed = await parse(bomb);
    expect(keysOf(recordsOf(parsed.slice(0, 1)))).toEqual(['serial::skyfirst']);
    expect(parsed.length).toBeLessThan(70);
    expect(only(faultsOf(parsed)).errors).toMatchObject([{ reason: expect.stringContaining('67108864 bytes') }]);
  });

  it('makes nothing of names that reach for prototypes', async () => {
    const names = ['__proto__', 'constructor', 'prototype', 'hasOwnProperty', 'toString'];
    const evil = names
      .map((name) => `<${name}><polluted>1</polluted><NAME>${name}</NAME></${name}><${name}>1</${name}>`)
      .join('');
    const text = `${open}${evil}<HARDWARE><NAME>gate-1</NAME>${evil}</HARDWARE><SLOTS><STATUS>constructor</STATUS>${evil}</SLOTS>${close}`;
    const record = only(recordsOf(await parse(text)));
    expect(record.name).toBe('gate-1');
    expect(record.details?.slots).toMatchObject([{ status: 'constructor' }]);
    expect(Object.keys(Object(record.details?.slots?.[0]))).not.toContain('__proto__');
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    const named = names.map((name) => `<INFO><${name}>x</${name}><SERIAL>SKYEVIL1</SERIAL></INFO>`).join('');
    expect(only(recordsOf(await parse(`${open}<DEVICE>${evil}${named}</DEVICE>${close}`))).nativeKey).toBe(
      'serial::skyevil1',
    );
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it('passes markup and formulas on as text, without control characters', async () => {
    const name = '=cmd|/c calc!A1 &lt;img src=x onerror=alert(1)&gt;\u0007\u0001';
    const record = only(recordsOf(await parse(host(`<OSNAME>${name}</OSNAME>`))));
    expect(record.sections.os?.osName).toBe('=cmd|/c calc!A1 <img src=x onerror=alert(1)>');
  });
});

describe('broken XML', () => {
  it.each([
    ['an element that is not closed', '<REQUEST>\n <CONTENT>\n  <HARDWARE>', 3, 13, 'unclosed tag'],
    ['crossed tags', '<REQUEST>\n<CONTENT></REQUEST>', 2, 19, 'unexpected close tag'],
    ['a bare ampersand', '<REQUEST>\n<NAME>a & b</NAME>', 2, 18, 'understood ends in line 2, column 6'],
    ['an attribute without quotes', '<REQUEST a=b>', 1, 12, 'unquoted'],
    ['two roots', `${host('')}\n<REQUEST/>`, 2, 10, 'root'],
    ['nothing', '', 1, 0, 'root'],
  ])('names the place of %s and what to do', async (_what, text, line, column, reason) => {
    const faults = faultsOf(await parse(text).catch(() => []));
    const problem = (await problemOf(text)) ?? {
      code: 'xml-syntax',
      ...faults[0]?.errors[0],
      detail: faults[0]?.errors[0]?.reason,
    };
    expect(problem).toMatchObject({ code: 'xml-syntax', line });
    expect(Math.abs((problem.column ?? 0) - column)).toBeLessThanOrEqual(1);
    expect(problem.detail).toContain(reason);
    expect(problem.detail).toContain('let the agent write the file again');
  });

  it('does not spoil the devices before the break', async () => {
    const parsed = await parse(
      `${open}\n${device('SKYONE')}\n${device('SKYTWO')}\n<DEVICE><INFO><SERIAL>SKYTHREE</INFO>${close}`,
    );
    expect(keysOf(recordsOf(parsed.slice(0, 2)))).toEqual(['serial::skyone', 'serial::skytwo']);
    expect(parsed).toHaveLength(3);
    expect(only(faultsOf(parsed))).toMatchObject({
      recordIndex: 2,
      line: 4,
      errors: [{ line: 4, reason: expect.stringContaining('unexpected close tag') }],
    });
  });

  it("says of a device that needs the prober's name that the file lost it", async () => {
    const parsed = await parse(`${open}${device('SKYONE')}<DEVICE><INFO><NAME>ap-1</NAME></INFO></DEVICE></CONTENT>`);
    expect(faultsOf(parsed)).toMatchObject([
      { recordIndex: 1, errors: [{ reason: expect.stringContaining('breaks off before the DEVICEID') }] },
      { recordIndex: 2, errors: [{ reason: expect.stringContaining('not well-formed') }] },
    ]);
  });

  it('keeps at most 5,000 devices waiting for the name of their prober', async () => {
    const named = Array.from({ length: 5002 }, (_, n) => `<DEVICE><IP>10.21.${n >> 8}.${n & 255}</IP></DEVICE>`).join(
      '',
    );
    const parsed = await parse(counted([open, named, close]).body);
    expect(parsed).toHaveLength(5002);
    expect(faultsOf(parsed).map(({ recordIndex }) => recordIndex)).toEqual([5000, 5001]);
    expect(new Set(parsed.map((one) => ('record' in one ? one.record.recordIndex : one.fault.recordIndex))).size).toBe(
      5002,
    );
  });

  it.each([
    ['a request for work', '<REQUEST><DEVICEID>x</DEVICEID><QUERY>PROLOG</QUERY></REQUEST>', 'PROLOG'],
    [
      'a report that work began',
      `${open}<AGENT><START>1</START></AGENT><PROCESSNUMBER>3</PROCESSNUMBER>${close}`,
      'SNMPQUERY',
    ],
    ['an empty request', '<REQUEST/>', 'unnamed'],
    ['another root', '<html><body/></html>', 'html'],
  ])('is told from %s, which is well-formed and holds no inventory', async (_what, text, word) => {
    expect(await problemOf(text)).toMatchObject({ code: 'no-inventory', detail: expect.stringContaining(word) });
  });

  it('is told from damaged zlib data', async () => {
    const packed = deflateSync(host(''));
    expect(await problemOf(packed)).toBeUndefined();
    expect(await problemOf(packed.subarray(0, packed.length - 9))).toMatchObject({ code: 'zlib-broken' });
    expect(await problemOf(Buffer.concat([packed.subarray(0, 2), Buffer.alloc(40, 0xff)]))).toMatchObject({
      code: 'zlib-broken',
    });
  });

  it.each([
    ['plain', (bytes: Buffer) => bytes],
    ['deflated', deflateSync],
  ])('hands on what breaks the stream itself, %s', async (_what, pack) => {
    const body = async function* () {
      yield pack(Buffer.from(host('')));
      throw new Error('connection lost');
    };
    await expect(parse(body())).rejects.toThrow('connection lost');
  });
});
