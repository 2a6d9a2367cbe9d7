import { describe, expect, it } from '@jest/globals';
import { codesOf, faultsOf, parse, problemOf, records } from '../support/csv.ts';

describe('what cannot be imported', () => {
  it.each([
    ['', undefined, 'empty-file', /no rows/],
    ['\n \n,,\n', undefined, 'empty-file', /no rows/],
    ['id,name\n1,Hub\n', undefined, 'no-profile', /"id", "name".*Asset Tag/],
    ['VM,Mac Address\nv1,00:1b:21:aa:bb:01\n', undefined, 'no-profile', /"vm"/],
    ['Item,Qty,Price\nMouse,20,5\n', undefined, 'no-profile', /"qty"/],
    ['Serial\nKQ77X1\n', 'snipe-it-assets', 'no-profile', /snipe-it-assets, which needs assettag/],
    ['Serial\nKQ77X1\n', 'nosuch', 'unknown-profile', /generic.*dmy/],
    ['Serial\nKQ77X1\n', 'generic:xyz', 'unknown-profile', /generic:xyz/],
    [`Serial${',a'.repeat(2000)}\n`, undefined, 'too-many-columns', /2000/],
    [`a${',a'.repeat(1_000_000)}\n`, undefined, 'too-many-columns', /2000/],
    ['"Serial,Name\nKQ77X1,a\n', undefined, 'unreadable-header', /never closed/],
  ])('file %# is refused with its reason', async (text, profile, code, detail) => {
    expect(await problemOf(text, profile)).toMatchObject({ code, detail: expect.stringMatching(detail) });
  });

  it('allows 2,000 columns', async () => {
    expect(await records(`Serial,${'a,'.repeat(1998)}b\nKQ77X1\n`)).toHaveLength(1);
  });
});

describe('damaged files', () => {
  it('keeps the good rows around an unclosed quote', async () => {
    const parsed = await parse('Serial,Name\nKQ77X1,a\n"KQ77X2,b\nKQ77X3,"c\nc"\nKQ77X4,d\n');
    expect(parsed.map((item) => ('record' in item ? [item.record.line, item.record.name] : item.fault.line))).toEqual([
      [2, 'a'],
      3,
      [4, 'c c'],
      [6, 'd'],
    ]);
    expect(faultsOf(parsed)[0]?.errors[0]).toMatchObject({
      line: 3,
      value: '"KQ77X2,b',
      reason: expect.stringContaining('quote'),
    });
  });

  it('gives up on an unclosed quote after 64 kB, not at the end of the file', async () => {
    const rows = Array.from({ length: 2000 }, (_, i) => `KQ${i}X,${'n'.repeat(40)}`).join('\n');
    const parsed = await parse(`Serial,Name\n"KQ,b\n${rows}\n`);
    expect(faultsOf(parsed)).toEqual([
      { recordIndex: 0, line: 2, errors: [expect.objectContaining({ reason: expect.stringContaining('64 kB') })] },
    ]);
    expect(parsed).toHaveLength(2001);
    expect(parsed.at(-1)).toMatchObject({ record: { line: 2002, recordIndex: 2000 } });
  });

  it('takes quotes out of place literally when the cells still fit', async () => {
    const [inch, quoted] = await records('Serial,Name\nKQ77X1,19" screen\nKQ77X2,"19" screen"\n');
    expect([inch?.name, codesOf(inch), inch?.line]).toEqual(['19" screen', ['stray-quote'], 2]);
    expect([quoted?.name, codesOf(quoted)]).toEqual(['"19" screen"', ['stray-quote']]);
  });

  it('reads CR line ends, with quoted line feeds, and counts physical lines', async () => {
    const found = await records('Serial,Name\rKQ77X1,"a\nb"\r\rKQ77X2,c\r');
    expect(found.map(({ line, name }) => [line, name])).toEqual([
      [2, 'a b'],
      [5, 'c'],
    ]);
  });

  it('reads UTF-16 in both orders and drops byte-order marks', async () => {
    const text = '\ufeffSerial;Name\r\nKQ77X1;Gerät\r\n';
    const little = Buffer.from(text, 'utf16le');
    for (const bytes of [little, Buffer.from(little).swap16(), Buffer.from(text, 'utf8')]) {
      expect(await records(bytes)).toEqual([expect.objectContaining({ name: 'Gerät', warnings: [] })]);
    }
  });

  it('reads stray windows-1252 bytes beside UTF-8 and drops NULs, and says so once', async () => {
    const bytes = Buffer.concat([Buffer.from('Serial,Name\nKQ77X1,é\nKQ77X2,'), Buffer.from([0xe9, 0x80, 0x0a])]);
    const [utf8, latin, third] = await records(
      Buffer.concat([bytes, Buffer.from('KQ77X3,'), Buffer.from([0xe9, 0, 0x0a])]),
    );
    expect([utf8?.name, codesOf(utf8)]).toEqual(['é', []]);
    expect([latin?.name, codesOf(latin)]).toEqual(['é€', ['not-utf8']]);
    expect([third?.name, codesOf(third)]).toEqual(['é', ['nul-bytes']]);
  });

  it('cuts what is too long and strips control and direction characters', async () => {
    const [record] = await records(`Serial,Name,Notes\nKQ77X1,a\u0007\u202eb,${'n'.repeat(1500)}\n`);
    expect(record?.name).toBe('ab');
    expect(record?.itam?.notes).toHaveLength(1000);
    expect(codesOf(record)).toEqual(['truncated']);
  });
});
