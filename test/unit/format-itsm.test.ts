import { describe, expect, it } from '@jest/globals';
import { amountOf } from '../../functions/imports/formats/itsm-json/book-facts.ts';
import { itsmJson } from '../../functions/imports/formats/itsm-json/format.ts';
import { errorsOf, fixtureText, parseWith, recognised, recordsOf, refusalOf } from '../support/discovery-file.ts';

const text = (name: string) => fixtureText(`itsm/${name}.json`);
const read = async (content: unknown) => recordsOf(await parseWith(itsmJson, content));
const id = (number: number) => number.toString(16).padStart(32, '0');
const key = (number: number) => `servicenow:${id(number)}`;

it.each([
  'servicenow-assets-all',
  'servicenow-assets-plain',
  'servicenow-cis',
  'servicenow-relations',
  'snipe-it',
  'lansweeper',
  'netbox-dump',
])('recognises %s', (name) => expect(recognised(text(name))).toBe('itsm-json'));

describe('assets of Snipe-IT', () => {
  it('read what the API nests', async () => {
    const [tablet, lost] = await read(text('snipe-it'));
    expect(tablet).toMatchObject({
      nativeKey: 'snipe-it:31',
      identifiers: [
        { type: 'serial', value: 'TAB00031', qualifier: 'Berge' },
        { type: 'assetTag', value: 'SKY-31', qualifier: 'Skyways' },
        { type: 'imei', value: '356938035643809' },
        { type: 'mac', value: '90:e2:ba:61:00:31' },
      ],
      itam: {
        status: 'deployed',
        holder: 'iduarte',
        holderEmail: 'ines.duarte@skyways.example',
        purchaseDate: '2025-04-02',
        warrantyEnd: '2028-04-02',
        eolDate: '2028-04-02',
        purchaseCost: { minor: 159962, currency: 'USD' },
      },
    });
    expect(JSON.stringify(tablet)).not.toContain('4711-code');
    expect(lost).toMatchObject({
      name: 'Tab 8',
      sections: { device: { ownership: 'personal' } },
      itam: { status: 'lost' },
      warnings: [{ code: 'unreadable-money' }],
    });
  });

  it('read amounts with either mark, and refuse what could be two', () => {
    const minor = (amount: string) => amountOf(amount, 'EUR')?.minor;
    expect(['446,80', '1.599,62', '1,599.62', '699.99', '$699.99', '1299', '1,599', '1.599', 'x'].map(minor)).toEqual([
      44680,
      159962,
      159962,
      69999,
      69999,
      129900,
      159900,
      undefined,
      undefined,
    ]);
    expect(amountOf('$5.00', 'EUR')?.currency).toBe('USD');
  });

  it('take bare amounts for the currency that the profile names', async () => {
    const context = { source: 's', objectKey: 'k', storedAt: '2026-03-02T07:00:00.000Z', profile: 'itsm:EUR' };
    const body = async function* () {
      yield new TextEncoder().encode(text('snipe-it'));
    };
    const costs: unknown[] = [];
    for await (const one of itsmJson.parse(body(), context))
      if ('record' in one) costs.push(one.record.itam?.purchaseCost);
    expect(costs[0]).toEqual({ minor: 159962, currency: 'EUR' });
  });
});

describe('assets of Lansweeper', () => {
  it('are what the scan found, and the asset book beside it', async () => {
    const [found, book, ...others] = await read(text('lansweeper'));
    expect(found).toMatchObject({
      nativeKey: 'lansweeper:MTI3My1Bc3NldA',
      half: 'discovery',
      observedAt: '2026-03-01T14:45:58.793Z',
      ciClass: 'computer',
      assetKind: 'hardware',
      sections: { os: { osName: 'Microsoft Windows 11 Pro' } },
    });
    expect(found?.identifiers.map(({ type }) => type)).toEqual(['serial', 'assetTag', 'mac', 'ip', 'hostname']);
    expect(book).toMatchObject({
      nativeKey: 'lansweeper:MTI3My1Bc3NldA/itam',
      half: 'book',
      itam: {
        status: 'deployed',
        holder: 'iduarte',
        location: 'Apron 3',
        purchaseDate: '2025-04-02',
        warrantyEnd: '2028-04-01',
      },
    });
    expect(others).toEqual([]);
    expect(JSON.stringify([found, book])).not.toContain('boarding');
  });
});

describe('devices of NetBox', () => {
  const expected = {
    ciClass: 'network-device',
    assetKind: 'hardware',
    name: 't1-sw-01',
    identifiers: [
      { type: 'serial', value: 'SWT00070', qualifier: 'Berge' },
      { type: 'assetTag', value: 'SKY-70' },
      { type: 'ip', value: '10.60.1.2' },
      { type: 'hostname', value: 't1-sw-01' },
    ],
    sections: {
      bios: { manufacturer: 'Berge', model: 'B-Switch 48', serial: 'SWT00070', assetTag: 'SKY-70' },
      placement: { site: 'Terminal 1', rackUnit: 12, role: 'Access Switch', status: 'active' },
    },
  };

  it('read a dump, whose rows refer to each other by number', async () => {
    const [first, second, machine, ...others] = await read(text('netbox-dump'));
    expect(first).toMatchObject({ nativeKey: 'netbox:device/70', ...expected });
    expect(second).toMatchObject({ nativeKey: 'netbox:device/71', name: 't1-sw-02' });
    expect(second).not.toHaveProperty('assetKind');
    expect(machine).toMatchObject({
      nativeKey: 'netbox:vm/9',
      nature: 'virtual',
      sections: { hardware: { memoryMb: 4096, cores: 2 } },
    });
    expect(others).toEqual([]);
  });

  it('read the same from the API, which carries what it refers to', async () => {
    const device = {
      id: 70,
      name: 't1-sw-01',
      device_type: { id: 4, manufacturer: { id: 1, name: 'Berge' }, model: 'B-Switch 48' },
      device_role: { id: 2, name: 'Access Switch' },
      site: { id: 3, name: 'Terminal 1' },
      serial: 'SWT00070',
      asset_tag: 'SKY-70',
      position: 12,
      status: { value: 'active', label: 'Active' },
      primary_ip4: { id: 5, address: '10.60.1.2/24' },
    };
    const answer = { count: 1, next: null, results: [device] };
    expect(recognised(answer)).toBe('itsm-json');
    expect(await read(answer)).toEqual([expect.objectContaining({ nativeKey: 'netbox:device/70' })]);
    expect((await read(answer))[0]).toMatchObject(expected);
  });
});

describe('what cannot be read', () => {
  it('keeps good rows beside broken ones, each with its place', async () => {
    const [row] = JSON.parse(text('servicenow-assets-plain')).result;
    const content = `{"result": [{"sys_id": "x"},\n{"sys_id": },\n${JSON.stringify(row)}, 7]}`;
    const parsed = await parseWith(itsmJson, content);
    expect(recordsOf(parsed)).toHaveLength(1);
    expect(errorsOf(parsed)).toEqual([
      expect.objectContaining({ line: 1, reason: expect.stringMatching(/no asset, CI or relation/) }),
      expect.objectContaining({ line: 2, column: 12 }),
      expect.objectContaining({ line: 3, reason: expect.stringMatching(/no asset, CI or relation/) }),
    ]);
  });

  it('refuses a file without a usable row', async () => {
    expect(
      await refusalOf(itsmJson, { result: [{ sys_id: id(1), sys_class_name: 'sys_user', user_name: 'x' }] }),
    ).toMatchObject({
      code: 'no-usable-record',
    });
    expect(await refusalOf(itsmJson, '{"rows": [')).toMatchObject({ code: 'json-syntax' });
  });

  it('survives odd types, depth and keys that every object has', async () => {
    const odd = {
      sys_id: id(9),
      sys_class_name: 'cmdb_ci_server',
      name: ['a'],
      serial_number: { value: {} },
      cost: [],
      __proto__: 1,
      constructor: 2,
    };
    const content = `{"result": [${JSON.stringify(odd)}, ${'{"a":'.repeat(300)}1${'}'.repeat(300)}]}`;
    expect(recordsOf(await parseWith(itsmJson, content))).toEqual([expect.objectContaining({ nativeKey: key(9) })]);
  });
});
