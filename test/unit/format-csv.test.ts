import { describe, expect, it } from '@jest/globals';
import { codesOf, faultsOf, fixture, parse, records } from '../support/csv.ts';

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
    expect(codesOf(third)).toEqual([
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
    expect(faultsOf(parsed)).toEqual([
      {
        recordIndex: 4,
        line: 8,
        errors: [expect.objectContaining({ line: 8, reason: expect.stringContaining('asset tag, serial number') })],
      },
    ]);
  });

  it('warns of rows with too few or too many cells', async () => {
    const [short, long] = (await records(await fixture('skyways-assets.csv'))).slice(-2);
    expect([codesOf(short), codesOf(long)]).toEqual([['short-row'], ['long-row']]);
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
    expect(codesOf(found[3])).toEqual(['unreadable-number']);
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
    expect(codesOf(unnamed)).toEqual(['unreadable-date', 'unreadable-money']);
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
    expect(codesOf(unknown)).toEqual(['unreadable-money']);
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
