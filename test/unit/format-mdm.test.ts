import { describe, expect, it } from '@jest/globals';
import { normaliseIdentifiers } from '../../domain/identity/normalise.ts';
import { mdm } from '../../functions/imports/formats/mdm/format.ts';
import { errorsOf, fixtureText, parseWith, recognised, recordsOf, refusalOf } from '../support/discovery-file.ts';

const text = (name: string) => fixtureText(`mdm/${name}.json`);
const read = async (content: unknown) => recordsOf(await parseWith(mdm, content));
const json = (name: string) => JSON.parse(text(name));

it.each(['intune', 'jamf-classic', 'jamf-inventory', 'jamf-mobile', 'kandji-tenants'])('recognises %s', (name) => {
  expect(recognised(text(name))).toBe('mdm');
});

describe('devices of Intune', () => {
  it('makes of a device of the company what was found and, apart, who has it', async () => {
    const [found, book] = await read(text('intune'));
    expect(found).toEqual({
      recordIndex: 0,
      line: 4,
      nativeKey: 'intune:0f5d1a52-7c1e-4f7b-9a39-3d6f0b8c1a01',
      half: 'discovery',
      action: 'upsert',
      partial: false,
      observedAt: '2026-03-01T19:01:22.000Z',
      nature: 'physical',
      ciClass: 'computer',
      assetKind: 'hardware',
      name: 'GATE-LAP-07',
      identifiers: [
        { type: 'serial', value: 'BBK14-0007', qualifier: 'Berge' },
        { type: 'mac', value: '90:e2:ba:51:00:07' },
        { type: 'hostname', value: 'GATE-LAP-07' },
      ],
      sections: {
        bios: { manufacturer: 'Berge', model: 'B-Book 14', serial: 'BBK14-0007' },
        hardware: { memoryMb: 16384, storageMb: 512000 },
        os: { osName: 'Windows', osVersion: '10.0.26100.1' },
        ownership: { ownership: 'company' },
        mdm: {
          entraDeviceId: '6f1c2c55-0000-4a7e-8d11-7a1bb8f20007',
          enrolment: 'windowsAzureADJoin',
          encrypted: true,
          supervised: false,
        },
      },
      warnings: [],
    });
    expect(book).toMatchObject({
      nativeKey: `${found?.nativeKey}/itam`,
      half: 'book',
      assetKind: 'hardware',
      itam: { holder: 'ines.duarte@skyways.example', holderEmail: 'ines.duarte@skyways.example' },
    });
    expect(book).not.toHaveProperty('ciClass');
  });

  it('makes no asset of what people own, and repeats nothing about them', async () => {
    const [, , phone, ...others] = await read(text('intune'));
    expect(others).toEqual([]);
    expect(phone).toMatchObject({ ciClass: 'mobile', sections: { ownership: { ownership: 'personal' } } });
    expect(phone).not.toHaveProperty('assetKind');
    expect(phone?.identifiers).toContainEqual({ type: 'imei', value: '356938035643809' });
    expect(JSON.stringify(phone)).not.toContain('private.person');
    expect(text('intune')).toContain('private.person');
  });

  it('waits with the asset while nobody says whose the device is', async () => {
    const told = json('intune');
    told.value[0].managedDeviceOwnerType = 'unknown';
    const [device, ...others] = await read(told);
    expect(device).not.toHaveProperty('assetKind');
    expect(device?.warnings.map(({ code }) => code)).toEqual(['ownership-unknown']);
    expect(others).toHaveLength(1);
  });

  it('leaves secrets and what changes by itself behind', async () => {
    const all = JSON.stringify(await read(text('intune')));
    for (const word of ['open-sesame', 'noncompliant', '123456789', '5550100', 'FF:GG']) {
      expect(text('intune')).toContain(word);
      expect(all).not.toContain(word);
    }
  });

  it('knows machines in a cloud as virtual', async () => {
    const told = json('intune');
    Object.assign(told.value[0], { manufacturer: 'Microsoft Corporation', model: 'Cloud PC Enterprise 2vCPU/8GB' });
    const [device] = await read(told);
    expect(device).toMatchObject({ nature: 'virtual', ciClass: 'virtual-machine' });
    expect(device).not.toHaveProperty('assetKind');
  });
});

describe('devices of Jamf', () => {
  const facts = {
    nativeKey: 'jamf:computer/42',
    ciClass: 'computer',
    name: 'Ines’s MacBook',
    observedAt: '2026-03-01T08:00:00.000Z',
    identifiers: [
      { type: 'serial', value: 'SKYMAC0042', qualifier: 'Apple' },
      { type: 'uuid', value: '5B2C1F7A-3B2D-4E68-9A41-C2D07BE51902' },
      { type: 'assetTag', value: 'SKY-0042' },
      { type: 'mac', value: '90:e2:ba:51:00:21' },
      { type: 'mac', value: '90:e2:ba:51:00:22' },
    ],
    sections: {
      bios: {
        manufacturer: 'Apple',
        model: 'MacBook Pro (14-inch, 2024)',
        modelNumber: 'Mac16,1',
        serial: 'SKYMAC0042',
        assetTag: 'SKY-0042',
      },
      hardware: { memoryMb: 24576 },
      cpu: { name: 'Apple M4', sockets: 1 },
      os: { osName: 'macOS', osVersion: '15.3', osBuild: '24D60' },
      mdm: { supervised: true, managed: true, site: 'Apron', barcode: 'B-42' },
    },
    details: {
      software: [
        { name: 'Abacus.app', version: '1' },
        { bundle: 'example.skyways.seatmap', name: 'Seat Map.app', version: '2.1' },
      ],
    },
  };
  const itam = {
    holder: 'iduarte',
    holderEmail: 'ines.duarte@skyways.example',
    department: 'Ground',
    location: 'Terminal 1, 12 Runway Street Level 3',
    supplier: 'Berge Trading',
    orderNumber: 'PO-7001',
    purchaseDate: '2025-04-02',
    purchaseCost: { minor: 129950, currency: 'USD' },
    eolDate: '2029-04-02',
    warrantyEnd: '2028-04-01',
  };

  it.each(['jamf-classic', 'jamf-inventory'])('reads the same of a Mac from %s', async (name) => {
    const [found, book, ...others] = await read(text(name));
    expect(found).toMatchObject(facts);
    expect(found?.sections.cpu).toEqual(facts.sections.cpu);
    expect(book).toMatchObject({ nativeKey: 'jamf:computer/42/itam', half: 'book', itam });
    expect(book?.itam).toEqual(itam);
    expect(others).toEqual([]);
    const all = JSON.stringify([found, book]);
    for (const word of ['casper', 'e3b0c442', 'KEY-OF-DISK', '203.0.113.9']) expect(all).not.toContain(word);
  });

  it('reads phones and televisions, with the owner that Jamf tells', async () => {
    const [phone, book, television, ...others] = await read(text('jamf-mobile'));
    expect(phone).toMatchObject({ nativeKey: 'jamf:mobile/9', ciClass: 'mobile', assetKind: 'hardware' });
    expect(phone?.identifiers.map(({ type }) => type)).toEqual(['serial', 'udid', 'imei', 'mac']);
    if (phone === undefined) throw new Error('no phone');
    expect(normaliseIdentifiers(phone, 'feed').map(({ strength }) => strength)).not.toContain('rejected');
    expect(book).toMatchObject({ itam: {}, warnings: [{ code: 'unreadable-money' }] });
    expect(television).toMatchObject({ ciClass: 'device', sections: { ownership: { ownership: 'personal' } } });
    expect(television).not.toHaveProperty('assetKind');
    expect(others).toEqual([]);
  });

  it('reads computers as the classic API lists them', async () => {
    const row = {
      id: 7,
      name: 'gate-mac',
      managed: true,
      username: 'iduarte',
      model: 'Mac mini',
      department: 'Ground',
    };
    const more = { building: 'Terminal 1', mac_address: '90:E2:BA:51:00:51', udid: 'x', serial_number: 'SKYMAC0007' };
    const [found, book] = await read({ computers: [{ ...row, ...more }] });
    expect(found).toMatchObject({ nativeKey: 'jamf:computer/7', ciClass: 'computer', name: 'gate-mac' });
    expect(book?.itam).toEqual({ holder: 'iduarte', department: 'Ground', location: 'Terminal 1' });
  });

  it('makes no asset book record of a device that nothing but its name tells', async () => {
    const told = json('jamf-classic');
    Object.assign(told.computer.general, { serial_number: 'Not Available', udid: '', asset_tag: 'N/A' });
    expect(await read(told)).toEqual([expect.objectContaining({ half: 'discovery' })]);
  });
});

describe('what cannot be read', () => {
  it('keeps good devices beside broken and nameless ones, each with its place', async () => {
    const [good] = json('intune').value;
    const nameless = { managedDeviceOwnerType: 'company', serialNumber: '0' };
    const content = `{"value": [${JSON.stringify(nameless)},\n{"id": },\n${JSON.stringify(good)}, 7]}`;
    const parsed = await parseWith(mdm, content);
    expect(recordsOf(parsed)).toHaveLength(2);
    expect(errorsOf(parsed)).toEqual([
      expect.objectContaining({ line: 1, reason: expect.stringMatching(/^Nothing names/) }),
      expect.objectContaining({ line: 2, column: 8 }),
      expect.objectContaining({ line: 3, reason: expect.stringMatching(/^No device/) }),
    ]);
  });

  it('refuses a file without devices', async () => {
    expect(await refusalOf(mdm, { a: 1 })).toMatchObject({ code: 'no-usable-record' });
    expect(await refusalOf(mdm, '{"value": [')).toMatchObject({ code: 'json-syntax' });
  });

  it('survives odd types, depth and a key that every object has', async () => {
    const odd = {
      id: 3,
      managedDeviceOwnerType: ['company'],
      deviceName: { a: 1 },
      serialNumber: 42424242,
      imei: null,
      __proto__: [],
    };
    expect(await read({ value: [odd] })).toEqual([expect.objectContaining({ nativeKey: 'intune:3' })]);
    const deep = `[${JSON.stringify(odd)},${'['.repeat(60)}1${']'.repeat(60)},${'{"x":'.repeat(100)}1${'}'.repeat(100)}]`;
    expect(recordsOf(await parseWith(mdm, deep))).toHaveLength(1);
  });
});
