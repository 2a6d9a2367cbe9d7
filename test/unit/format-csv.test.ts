import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { DiscoveryRecord, type ParsedRecord, RecordFault } from '../../domain/discovery/record.ts';
import { profiles } from '../../functions/imports/formats/csv/choose-profile.ts';
import { csv } from '../../functions/imports/formats/csv/format.ts';
import { headerNames, normaliseHeader } from '../../functions/imports/formats/csv/header.ts';
import { addMonths, parseDate } from '../../functions/imports/formats/csv/parse-date.ts';
import { parseMoney } from '../../functions/imports/formats/csv/parse-money.ts';
import { fitsProfile } from '../../functions/imports/formats/csv/profile.ts';
import { statusOf } from '../../functions/imports/formats/csv/status-words.ts';
import { UnreadableFile, type UploadContext } from '../../functions/imports/formats/format.ts';

const context: UploadContext = {
  source: 'book',
  objectKey: 'discovery/book/a.csv',
  storedAt: '2026-05-03T10:00:00.000Z',
};

const parse = async (content: string | Uint8Array, profile?: string): Promise<ParsedRecord[]> => {
  const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
  const body = (async function* () {
    yield bytes;
  })();
  const parsed: ParsedRecord[] = [];
  for await (const item of csv.parse(body, profile === undefined ? context : { ...context, profile })) {
    if ('fault' in item) RecordFault.parse(item.fault);
    else if (parsed.length < 50) expect(DiscoveryRecord.parse(item.record)).toEqual(item.record);
    parsed.push(item);
  }
  return parsed;
};
const records = async (content: string | Uint8Array, profile?: string) =>
  (await parse(content, profile)).flatMap((item) => ('record' in item ? [item.record] : []));
const faults = (parsed: ParsedRecord[]) => parsed.flatMap((item) => ('fault' in item ? [item.fault] : []));
const codes = (record: DiscoveryRecord | undefined) => record?.warnings.map(({ code }) => code);
const problemOf = async (content: string | Uint8Array, profile?: string) => {
  const error = await parse(content, profile).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(UnreadableFile);
  return (error as UnreadableFile).problem;
};
const fixture = (name: string) => readFile(new URL(`../fixtures/csv/${name}`, import.meta.url));

describe('Snipe-IT assets', () => {
  it('maps a row to an asset book record with no CI class', async () => {
    const [first] = await records(await fixture('skyways-assets.csv'));
    expect(first).toEqual({
      recordIndex: 0,
      line: 2,
      nativeKey: 'assetTag=sky-0001|company=skyways',
      half: 'book',
      action: 'upsert',
      partial: false,
      nature: 'physical',
      assetKind: 'hardware',
      name: 'Gate reader 1',
      identifiers: [
        { type: 'assetTag', value: 'SKY-0001', qualifier: 'Skyways' },
        { type: 'serial', value: 'ZB771001', qualifier: 'Zebra' },
      ],
      sections: {},
      itam: {
        status: 'in-stock',
        name: 'Gate reader 1',
        category: 'Scanner',
        manufacturer: 'Zebra',
        model: 'DS 3608 21"',
        modelNumber: 'DS3608',
        company: 'Skyways',
        supplier: 'Globe Parts',
        location: 'Terminal 1',
        orderNumber: 'PO-77',
        purchaseDate: '2023-01-23',
        purchaseCost: { minor: 126610, currency: 'USD' },
        warrantyEnd: '2026-01-23',
        eolDate: '2028-10-27',
        notes: 'first line second, line',
      },
      warnings: [
        { code: 'duplicate-header', detail: 'Columns 12 and 13 are both called "Notes"; only the first is read' },
      ],
    });
  });

  it('reads the holder, ISO dates and a deployable label that is checked out', async () => {
    const second = (await records(await fixture('skyways-assets.csv')))[1];
    expect(second).toMatchObject({ line: 4, recordIndex: 1, warnings: [] });
    expect(second?.itam).toMatchObject({
      status: 'deployed',
      holder: 'aoyelaran',
      holderEmail: 'ade.oyelaran@skyways.example',
      purchaseDate: '2022-03-18',
    });
  });

  it('leaves out what it cannot read and says where it stood', async () => {
    const third = (await records(await fixture('skyways-assets.csv')))[2];
    expect(third?.identifiers).toEqual([]);
    expect(third?.itam).toEqual({
      name: 'Dolly beacon',
      category: 'Beacon',
      manufacturer: 'Tile',
      model: 'T3',
      company: 'Skyways Cargo',
      location: 'Hangar 4',
    });
    expect(codes(third)).toEqual([
      'placeholder',
      'excel-number',
      'unknown-status',
      'unreadable-date',
      'unreadable-money',
    ]);
    expect(third?.warnings[3]?.detail).toMatch(
      /^Line 5, column 14 \(Purchase Date\), "13\/40\/22": no date in the order mdy/,
    );
  });

  it('keeps rows without a tag apart, and refuses one that nothing names', async () => {
    const parsed = await parse(await fixture('skyways-assets.csv'));
    expect(parsed.flatMap((item) => ('record' in item ? [item.record.nativeKey] : []))).toEqual([
      'assetTag=sky-0001|company=skyways',
      'assetTag=sky-0002|company=skyways',
      'name=dolly beacon|model=t3|company=skyways cargo',
      'name=dolly beacon|model=t3|company=skyways cargo|2',
      'assetTag=sky-0003|company=skyways',
      'assetTag=sky-0004|company=skyways',
    ]);
    expect(faults(parsed)).toEqual([
      {
        recordIndex: 4,
        line: 8,
        errors: [expect.objectContaining({ line: 8, reason: expect.stringContaining('asset tag, serial number') })],
      },
    ]);
  });

  it('warns of rows with too few or too many cells', async () => {
    const [short, long] = (await records(await fixture('skyways-assets.csv'))).slice(-2);
    expect([codes(short), codes(long)]).toEqual([['short-row'], ['long-row']]);
    expect([short?.itam?.status, long?.itam?.status]).toEqual(['in-stock', 'in-repair']);
  });

  it('knows the headers of an export', async () => {
    const text =
      'ID,Company,Asset Name,Asset Tag,Serial,Model,Model No.,Category,Status,Checked Out To,Location,Default Location,Purchase Date,Purchase Cost,EOL,Warranty Expires\n' +
      '7,,Kiosk,SKY-9,KX1190,K 5,K5-A,Kiosk,Ready to Deploy (deployed),Mina Ruiz,,Hall B,"Fri Mar 18, 2022","2,000.00",60 months,2027-01-31\n';
    const [record] = await records(text);
    expect(record?.warnings).toEqual([]);
    expect(record?.itam).toMatchObject({
      status: 'deployed',
      holder: 'Mina Ruiz',
      location: 'Hall B',
      purchaseDate: '2022-03-18',
      eolDate: '2027-03-18',
      warrantyEnd: '2027-01-31',
    });
  });
});

describe('Snipe-IT licences', () => {
  it('makes software assets without identifiers, whose keys stay apart and do not show the licence key', async () => {
    const found = await records(await fixture('skyways-licences.csv'));
    expect(found).toHaveLength(5);
    expect(new Set(found.map(({ nativeKey }) => nativeKey)).size).toBe(5);
    expect(JSON.stringify(found)).not.toMatch(/key-1111/i);
    expect(found.every((record) => record.identifiers.length === 0 && record.assetKind === 'software')).toBe(true);
    expect(found[0]).toMatchObject({ nature: 'logical', name: 'Rostering Pro' });
    expect(found[0]?.itam).toMatchObject({
      seats: 56,
      eolDate: '2016-02-26',
      purchaseCost: { minor: 1258, currency: 'USD' },
      orderNumber: 'A-1',
      holder: 'iduarte',
      status: 'deployed',
    });
    expect(found[1]?.nativeKey).toBe(`${found[0]?.nativeKey}|2`);
    expect(codes(found[3])).toEqual(['unreadable-number']);
    expect(found[4]?.itam).toMatchObject({ holder: 'ops@skyways.example', holderEmail: 'ops@skyways.example' });
  });
});

describe('the generic profile', () => {
  it('knows columns by synonyms in any order and any delimiter', async () => {
    const rows = [
      ['Einheit', 'Seriennummer', 'Cost Center', 'Price (EUR)', 'MAC Address', 'Device name', 'Warranty'],
      ['x', 'KQ77X1', 'CC-9', '12.50', '00:1b:21:aa:bb:01; 00:1b:21:aa:bb:02', 'SKY-LT-1', '2028-02-29'],
    ];
    for (const delimiter of [',', ';', '\t', '|']) {
      const text = rows
        .map((row) => row.map((cell) => (cell.includes(';') ? `"${cell}"` : cell)).join(delimiter))
        .join('\n');
      const [record] = await records(text);
      expect(record?.nativeKey).toBe('serial=kq77x1');
      expect(record?.identifiers.map(({ type, value }) => `${type} ${value}`)).toEqual([
        'serial KQ77X1',
        'mac 00:1b:21:aa:bb:01',
        'mac 00:1b:21:aa:bb:02',
        'hostname SKY-LT-1',
      ]);
      expect(record?.itam).toMatchObject({
        costCentre: 'CC-9',
        purchaseCost: { minor: 1250, currency: 'EUR' },
        warrantyEnd: '2028-02-29',
      });
    }
  });

  it('reads ambiguous dates only when the profile names their order', async () => {
    const text = 'Serial,Purchased,Cost\nKQ77X1,3/4/23,"1.234,50"\n';
    const [unnamed] = await records(text);
    expect(codes(unnamed)).toEqual(['unreadable-date', 'unreadable-money']);
    const [european] = await records(text, 'generic:dmy:EUR:comma');
    expect(european?.itam).toMatchObject({
      purchaseDate: '2023-04-03',
      purchaseCost: { minor: 123450, currency: 'EUR' },
    });
    expect((await records(text, 'Generic:mdy'))[0]?.itam?.purchaseDate).toBe('2023-03-04');
  });

  it('does not take the currency of an unknown code for its own', async () => {
    const [known, unknown] = await records('Serial,Cost,Currency\nKQ77X1,5,JPY\nKQ77X2,5,ZZZ\n');
    expect(known?.itam?.purchaseCost).toEqual({ minor: 5, currency: 'JPY' });
    expect(unknown?.itam?.purchaseCost).toBeUndefined();
    expect(codes(unknown)).toEqual(['unreadable-money']);
  });

  it('finds the header below titles, sep= and #TYPE lines', async () => {
    expect((await records('sep=;\nSerial;Name\nKQ77X1;a\n'))[0]).toMatchObject({ line: 3, name: 'a' });
    expect((await records('#TYPE System.Object\n"Serial","Name"\n"KQ77X1","a"\n'))[0]).toMatchObject({ line: 3 });
    expect((await records('Skyways purchases,,\n,,\nSerial,Name,Cost\nKQ77X1,a,1\n'))[0]).toMatchObject({ line: 4 });
  });

  it('takes headers such as __proto__ as plain text', async () => {
    const [record] = await records('__proto__,constructor,Serial,\nx,y,KQ77X1,z\n');
    expect(record?.itam).toEqual({ status: 'in-stock' });
    expect(({} as { x?: unknown }).x).toBeUndefined();
  });
});

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
    expect(faults(parsed)[0]?.errors[0]).toMatchObject({
      line: 3,
      value: '"KQ77X2,b',
      reason: expect.stringContaining('quote'),
    });
  });

  it('gives up on an unclosed quote after 64 kB, not at the end of the file', async () => {
    const rows = Array.from({ length: 2000 }, (_, i) => `KQ${i}X,${'n'.repeat(40)}`).join('\n');
    const parsed = await parse(`Serial,Name\n"KQ,b\n${rows}\n`);
    expect(faults(parsed)).toEqual([
      { recordIndex: 0, line: 2, errors: [expect.objectContaining({ reason: expect.stringContaining('64 kB') })] },
    ]);
    expect(parsed).toHaveLength(2001);
    expect(parsed.at(-1)).toMatchObject({ record: { line: 2002, recordIndex: 2000 } });
  });

  it('takes quotes out of place literally when the cells still fit', async () => {
    const [inch, quoted] = await records('Serial,Name\nKQ77X1,19" screen\nKQ77X2,"19" screen"\n');
    expect([inch?.name, codes(inch), inch?.line]).toEqual(['19" screen', ['stray-quote'], 2]);
    expect([quoted?.name, codes(quoted)]).toEqual(['"19" screen"', ['stray-quote']]);
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
    expect([utf8?.name, codes(utf8)]).toEqual(['é', []]);
    expect([latin?.name, codes(latin)]).toEqual(['é€', ['not-utf8']]);
    expect([third?.name, codes(third)]).toEqual(['é', ['nul-bytes']]);
  });

  it('cuts what is too long and strips control and direction characters', async () => {
    const [record] = await records(`Serial,Name,Notes\nKQ77X1,a\u0007\u202eb,${'n'.repeat(1500)}\n`);
    expect(record?.name).toBe('ab');
    expect(record?.itam?.notes).toHaveLength(1000);
    expect(codes(record)).toEqual(['truncated']);
  });
});

describe('detect', () => {
  it.each([
    ['Serial,Name\n1,2\n', true],
    ['"Asset Tag";"Name"\r\n', true],
    ['\ufeffSerial\tName\n', true],
    ['Asset book of Skyways\n\nSerial|Name\n', true],
    ['{"a":1,"b":2}', false],
    ['[{"a":1},{"b":2}]', false],
    ['<?xml version="1.0"?><a b="1,2"/>', false],
    ['---\na: b, c\n', false],
    ['one column\nonly\n', false],
    ['', false],
  ])('%j: %s', (head, expected) => {
    expect(csv.detect(head, context)).toBe(expected);
  });

  it('believes a named profile, but not against JSON', () => {
    expect(csv.detect('Serial\nKQ77X1\n', { ...context, profile: 'generic' })).toBe(true);
    expect(csv.detect('{}', { ...context, profile: 'generic' })).toBe(false);
  });
});

describe('profiles', () => {
  it.each(profiles)('$name names headers as they are compared, and its key fields have columns', (profile) => {
    const signatures = profile.detect.flatMap(({ all, none = [] }) => [...all.flat(), ...none]);
    const headers = [...Object.values(profile.columns).flat(), ...signatures];
    expect(headers.filter((header) => normaliseHeader(header) !== header)).toEqual([]);
    const keyFields = profile.nativeKey.flatMap(({ fields }) => fields);
    expect(keyFields.filter((field) => profile.columns[field] === undefined)).toEqual([]);
  });

  it.each([
    ['Company,Name,Asset Tag,Category,Model,Purchase Date,Checkout Type,Checked Out To: Username', 'snipe-it-assets'],
    ['Name,Email,Username,Item name,Category,Model name,Manufacturer,Serial number,Asset Tag', 'snipe-it-assets'],
    ['Asset Tag,Name,Model,Category,Purchase Date', 'generic'],
    ['Item name,serial number,Category,seats', 'snipe-it-licences'],
    ['Name,Product Key,Expiration Date,Total,Avail', 'snipe-it-licences'],
    ['Device ID,Device name,Serial number,Manufacturer,Model,IMEI,Wi-Fi MAC,Primary user UPN', 'generic'],
    ['AssetName,AssetTypename,Domain,Username,IPAddress,Mac,Serialnumber,Purchasedate,Warrantydate', 'generic'],
    ['VM,Powerstate,Mac Address', undefined],
    ['First Name,Last Name,Email', undefined],
  ])('%s: %s', (header, name) => {
    expect(profiles.find((profile) => fitsProfile(profile, headerNames(header.split(','))))?.name).toBe(name);
  });
});

describe('cells', () => {
  it.each([
    ['2022-03-18', 'ymd', '2022-03-18'],
    ['2022/3/8 10:00', 'mdy', '2022-03-08'],
    ['2022-03-18T10:00:00Z', 'dmy', '2022-03-18'],
    ['20220318', 'ymd', '2022-03-18'],
    ['1/2/69', 'mdy', '2069-01-02'],
    ['1/2/70', 'dmy', '1970-02-01'],
    ['31.12.2024', 'dmy', '2024-12-31'],
    ['12/31/2024 12:00:00 AM', 'mdy', '2024-12-31'],
    ['18-Mar-22', 'dmy', '2022-03-18'],
    ['March 18, 2022', 'ymd', '2022-03-18'],
    ['29/02/2024', 'dmy', '2024-02-29'],
    ['29/02/2023', 'dmy', undefined],
    ['13/01/2023', 'mdy', undefined],
    ['1/2/2023', 'ymd', undefined],
    ['18-Mar-22', 'ymd', undefined],
    ['1/2.2023', 'dmy', undefined],
    ['44638', 'dmy', undefined],
    ['2022-03-18 or so', 'ymd', undefined],
  ] as const)('date %s in the order %s is %s', (text, order, expected) => {
    expect(parseDate(text, order)).toBe(expected);
  });

  it('counts months over short months', () => {
    expect([addMonths('2023-01-31', 1), addMonths('2023-11-30', 36)]).toEqual(['2023-02-28', '2026-11-30']);
  });

  it.each([
    ['$12.58', '.', 'EUR', 1258, 'USD'],
    ['1,234.50', '.', 'USD', 123450, 'USD'],
    ['2266.13', '.', 'USD', 226613, 'USD'],
    ['1.234,5 €', ',', 'USD', 123450, 'EUR'],
    ["CHF 1'200.00", '.', 'USD', 120000, 'CHF'],
    ['12 500,00 kr', ',', 'SEK', 1250000, 'SEK'],
    ['¥5,000', '.', 'USD', 5000, 'JPY'],
    ['1.250 KWD', '.', 'USD', 1250, 'KWD'],
    ['1299.0000', '.', 'USD', 129900, 'USD'],
    ['(20.00)', '.', 'GBP', -2000, 'GBP'],
    ['$5', '.', 'AUD', 500, 'AUD'],
    ['90071992547409.91', '.', 'USD', 9007199254740991, 'USD'],
  ] as const)('money %s with "%s" and %s', (text, decimal, currency, minor, code) => {
    expect(parseMoney(text, { decimal, currency })).toEqual({ minor, currency: code });
  });

  it.each([
    '1.234',
    '1,23',
    '12.345',
    '1.234,50',
    'free',
    '5 kr',
    '5 QQQ',
    '90071992547409.92',
    '1e5',
    '.',
    '--5',
    '1,2345.00',
  ])('money %s is refused', (text) => {
    expect(parseMoney(text, { decimal: '.', currency: 'USD' })).toBeUndefined();
  });

  it.each([
    ['Ready to Deploy', false, 'in-stock'],
    ['Ready to Deploy', true, 'deployed'],
    ['In Stock', true, 'in-stock'],
    ['Pending', false, 'ordered'],
    ['Archived', false, 'retired'],
    ['Out for Repair', false, 'in-repair'],
    ['Lost/Stolen', false, 'lost'],
    ['Ready to Deploy Deployed', false, 'deployed'],
    ['Loaner pool (deployable)', false, 'in-stock'],
    ['Sideways', false, undefined],
  ] as const)('status %s (checked out: %s) is %s', (text, isCheckedOut, expected) => {
    expect(statusOf(text, isCheckedOut)).toBe(expected);
  });
});
