import { describe, expect, it } from '@jest/globals';
import type { ParsedRecord } from '../../domain/discovery/record.ts';
import { parseWith, problemWith } from '../support/parse-format.ts';

const parse = (content: Parameters<typeof parseWith>[1]) => parseWith('nmap-xml', content);
const problem = (content: Parameters<typeof parseWith>[1]) => problemWith('nmap-xml', content);

const host = (ip: string, more = '') => `<host><status state="up"/><address addr="${ip}"/>${more}</host>\n`;
const scan = (hosts: string, prolog = '') => `${prolog}<nmaprun start="1795327200">\n${hosts}</nmaprun>`;
const keysOf = (parsed: readonly ParsedRecord[]) =>
  parsed.map((one) => ('record' in one ? one.record.nativeKey : one.fault.errors[0]?.reason));

/** A stream that is made while it is read; `taken` counts what the reader took. */
const flood = (start: string, part: string, times: number, end: string) => {
  const taken = { bytes: 0 };
  const body = async function* () {
    const pieces = function* () {
      yield start;
      for (let left = times; left > 0; left -= 5000) yield part.repeat(Math.min(left, 5000));
      yield end;
    };
    for (const piece of pieces()) {
      taken.bytes += piece.length;
      yield Buffer.from(piece);
    }
  };
  return { taken, body: body() };
};

describe('document types of scans', () => {
  it.each([
    '<!DOCTYPE nmaprun>',
    '<!DOCTYPE nmaprun PUBLIC "-//IDN nmap.org//DTD Nmap XML 1.04//EN" "https://svn.nmap.org/nmap/docs/nmap.dtd">',
    '<!DOCTYPE nmaprun SYSTEM "nmap.dtd">',
  ])('passes over %s, which declares nothing', async (prolog) => {
    expect(keysOf(await parse(scan(host('10.0.0.1'), prolog)))).toEqual(['ip:10.0.0.1']);
  });

  const laughs = Array.from({ length: 9 }, (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`).join('');
  it.each([
    ['billion laughs', `<!DOCTYPE nmaprun [<!ENTITY l0 "ha">${laughs}]>`],
    ['an external entity', '<!DOCTYPE nmaprun [<!ENTITY x SYSTEM "file:///etc/passwd">]>'],
    [
      'a parameter entity',
      '<!DOCTYPE nmaprun SYSTEM "nmap.dtd" [<!ENTITY % p SYSTEM "http://skyways.example/p.dtd"> %p;]>',
    ],
    ['the type of another document', '<!DOCTYPE svg SYSTEM "nmap.dtd">'],
  ])('refuses %s', async (_what, prolog) => {
    expect(await problem(scan(host('&x;'), prolog))).toMatchObject({ code: 'xml-doctype', line: 1 });
  });

  it('knows no entity that a document type outside could declare', async () => {
    const [first, rest] = await parse(scan(host('10.0.0.1') + host('&x;') + host('10.0.0.3'), '<!DOCTYPE nmaprun>'));
    expect(keysOf([first, rest] as ParsedRecord[])).toEqual([
      'ip:10.0.0.1',
      expect.stringContaining('undefined entity'),
    ]);
  });
});

describe('scans that break off', () => {
  const whole = scan(
    host('10.0.0.1') + host('10.0.0.2', '<ports><port portid="22"><state state="open"/></port></ports>'),
  );

  it('give the hosts before that, and a fault with the line, wherever a scan was killed', async () => {
    const cut = whole.indexOf('<port ') + 8;
    expect(await parse(whole.slice(0, cut))).toMatchObject([
      { record: { nativeKey: 'ip:10.0.0.1', line: 2 } },
      {
        fault: {
          recordIndex: 1,
          line: 3,
          errors: [{ line: 3, reason: expect.stringContaining('The 1 hosts before') }],
        },
      },
    ]);
    const second = whole.indexOf('</host>', whole.indexOf('10.0.0.2')) + '</host>'.length;
    for (let at = second; at < whole.length; at += 1) {
      const parsed = await parse(whole.slice(0, at));
      expect(parsed).toMatchObject([{ record: {} }, { record: {} }, { fault: { recordIndex: 2 } }]);
    }
    expect(await parse(whole)).toHaveLength(2);
  });

  it('are refused when no host came before', async () => {
    expect(await problem(whole.slice(0, 60))).toMatchObject({ code: 'xml-syntax', line: 2 });
    expect(await problem('<html><body>no scan</body></html>')).toMatchObject({ code: 'no-scan' });
  });

  it('say so when nmap did, behind hosts that were read', async () => {
    const parsed = await parse(
      scan(`${host('10.0.0.1')}<runstats><finished exit="error" errormsg="no route"/></runstats>`),
    );
    expect(keysOf(parsed)).toEqual(['ip:10.0.0.1', expect.stringContaining('no route')]);
  });
});

describe('hostile scans', () => {
  it('keeps 2,000 of a million open ports, and the hosts around them', async () => {
    const start = `<nmaprun>${host('10.0.0.1')}<host><status state="up"/><address addr="10.0.0.2"/><ports>`;
    const port = '<port portid="7"><state state="open"/></port>';
    const { body } = flood(start, port, 1_000_000, `</ports></host>${host('10.0.0.3')}</nmaprun>`);
    const before = process.memoryUsage().heapUsed;
    const parsed = await parse(body);
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(150 * 1024 * 1024);
    expect(keysOf(parsed)).toEqual(['ip:10.0.0.1', 'ip:10.0.0.2', 'ip:10.0.0.3']);
    const [, trap] = parsed;
    expect(trap).toMatchObject({ record: { warnings: [{ code: 'weak-identity' }, { code: 'too-many-ports' }] } });
    expect(trap !== undefined && 'record' in trap ? trap.record.details?.endpoints : []).toHaveLength(2000);
  });

  it.each([
    ['nested deeper than 64 levels', '<table>', 200_000],
    ['more than 200 attributes', '<elem ', 0],
    ['no tag for more than 1048576 characters', 'x', 3_000_000],
  ])('stops at %s, and lands the host before that', async (reason, part, times) => {
    const attributes = Array.from({ length: 300 }, (_, at) => `a${at}="1"`).join(' ');
    const script = '<host><status state="up"/><address addr="10.0.0.2"/><hostscript><script id="nbstat">';
    const bad = times === 0 ? `${part}${attributes}/>` : part;
    const { body, taken } = flood(`<nmaprun>${host('10.0.0.1')}${script}`, bad, times || 1, '</script>');
    const parsed = await parse(body);
    expect(parsed).toMatchObject([
      { record: { nativeKey: 'ip:10.0.0.1' } },
      { fault: { errors: [{ line: 2, reason: expect.stringContaining(reason) }] } },
    ]);
    expect(taken.bytes).toBeLessThan(1_200_000);
    expect(await problem(`<nmaprun>${'<table>'.repeat(100)}`)).toMatchObject({ code: 'xml-too-deep' });
  });

  it('keeps 64 of 100,000 addresses and names of a host, and cuts each', async () => {
    const names = `<hostnames>${'<hostname name="a.skyways.example" type="PTR"/>'.repeat(100_000)}</hostnames>`;
    const long = `<hostscript><script id="nbstat" output="NetBIOS name: ${'A'.repeat(900_000)}"/></hostscript>`;
    const addresses = Array.from({ length: 1000 }, (_, at) => `<address addr="10.1.${at >> 8}.${at & 255}"/>`).join('');
    const parsed = await parse(scan(host('10.0.0.1', names + long + addresses) + host('10.0.0.2')));
    expect(keysOf(parsed)).toEqual(['fqdn:a.skyways.example', 'ip:10.0.0.2']);
    const [first] = parsed;
    expect(first !== undefined && 'record' in first ? first.record.identifiers.length : 0).toBe(66);
  });

  it('takes odd names for what they are, and faults a host that nothing names', async () => {
    const odd = '<hostnames><hostname name="__proto__" type="PTR"/><hostname name="=cmd|x" type="user"/></hostnames>';
    const parsed = await parse(
      scan(
        `<host __proto__="x"><status state="up"/></host>${host('10.0.0.2', odd)}${host('10.0.0.3', '<hostnames><hostname name="a&#1;b" type="PTR"/></hostnames>')}<host><status state="up"/><address addr="constructor" addrtype="mac"/><address addr="10.0.0.4"/></host>`,
      ),
    );
    expect(keysOf(parsed)).toEqual([
      expect.stringContaining('has no address'),
      'ip:10.0.0.2',
      'ip:10.0.0.3',
      'ip:10.0.0.4',
    ]);
    expect({}).not.toHaveProperty('x');
  });
});
