import { describe, expect, it } from '@jest/globals';
import { redfish } from '../../functions/imports/formats/redfish/format.ts';
import { errorsOf, fixtureText, parseWith, recognised, recordsOf } from '../support/discovery-file.ts';

type Json = Record<string, unknown>;
const all = (): Json[] => JSON.parse(fixtureText('redfish/gate-server.json'));
const pick = (path: string): Json => all().find((one) => one['@odata.id'] === path) ?? {};
const system = (more: object = {}): Json => ({ ...pick('/redfish/v1/Systems/1'), ...more });
const nic = () => pick('/redfish/v1/Systems/1/EthernetInterfaces/NIC.1');
const read = async (content: unknown) => recordsOf(await parseWith(redfish, content));

const whole = {
  nativeKey: 'serial:berge:brg0042x',
  half: 'discovery',
  partial: false,
  nature: 'physical',
  ciClass: 'server',
  assetKind: 'hardware',
  name: 'gate-01.skyways.example',
  identifiers: [
    { type: 'serial', value: 'BRG0042X', qualifier: 'Berge' },
    { type: 'uuid', value: '7a6f4cb2-3f0e-4c11-9b5d-0e1f2a3b4c5d' },
    { type: 'assetTag', value: 'SKY-0815' },
    { type: 'chassisSerial', value: 'BRGCASE7', qualifier: 'Berge' },
    { type: 'mac', value: '90:e2:ba:42:00:01' },
    { type: 'ip', value: '10.60.8.15' },
    { type: 'fqdn', value: 'gate-01.skyways.example' },
    { type: 'hostname', value: 'gate-01' },
  ],
  sections: {
    bios: {
      manufacturer: 'Berge',
      model: 'B-740',
      serial: 'BRG0042X',
      assetTag: 'SKY-0815',
      sku: '740-XL',
      biosVersion: '2.14',
    },
    hardware: { memoryMb: 98304 },
    cpu: { name: 'Berge Xtra 32', sockets: 2, cores: 32 },
    chassis: {
      chassisType: 'RackMount',
      chassisModel: 'B-700 case',
      chassisSerial: 'BRGCASE7',
      rack: 'T1-R07',
      rackUnit: 12,
    },
    network: { primaryMac: '90:e2:ba:42:00:01', ipAddresses: ['10.60.8.15'] },
    bmc: { model: 'Berge BMC', firmware: '5.10' },
  },
  details: {
    memories: [{ name: 'A1', capacityMb: 49152, type: 'DDR5', serial: 'D1M00001' }],
    interfaces: [
      { description: 'NIC.1', mac: '90:e2:ba:42:00:01', speedMbps: 10000, addresses: ['10.60.8.15', 'fe80::1'] },
    ],
  },
};

describe('a service with one machine', () => {
  it.each([
    ['a list of resources', (): unknown => all()],
    [
      'resources one after the other',
      () =>
        all()
          .map((one) => JSON.stringify(one))
          .join('\n'),
    ],
    ['a map by path', () => Object.fromEntries(all().map((one) => [one['@odata.id'], one]))],
    ['an answer of a tool', () => ({ msg: 'ok', redfish_facts: { system: { ret: true, entries: all() } } })],
    ['an expanded collection', () => ({ '@odata.id': '/redfish/v1/Systems', Members: all() })],
  ])('is one record from %s', async (_what, content) => {
    const records = await read(content());
    expect(records).toHaveLength(1);
    expect(records[0]).toMatchObject(whole);
    expect(Object.keys(records[0]?.details ?? {}).sort()).toEqual(['interfaces', 'memories']);
  });

  it('is recognised', () => {
    expect(recognised(all())).toBe('redfish');
    expect(recognised(system())).toBe('redfish');
  });

  it('leaves the controller’s addresses, vendor data and what changes by itself behind', async () => {
    const text = JSON.stringify(await read(all()));
    const gone = [
      '42:00:BB',
      '10.61.8.15',
      'gate-01-bmc',
      'fly-me-home',
      'NOTMINE1',
      '"Lit"',
      '2026-02-28',
      '"Warning"',
      '42:00:77',
    ];
    for (const word of gone) {
      expect(fixtureText('redfish/gate-server.json')).toContain(word);
      expect(text.toLowerCase()).not.toContain(word.toLowerCase());
    }
  });

  it('says the same whatever the order of the resources', async () => {
    expect(await read(all().reverse())).toEqual([expect.objectContaining({ ...whole, line: expect.any(Number) })]);
  });
});

describe('parts of a machine', () => {
  it('knows a case with the serial of its machine as that machine, and tells of the case alone', async () => {
    const chassis = { ...pick('/redfish/v1/Chassis/Self'), SerialNumber: 'BRG0042X', AssetTag: 'SKY-0815' };
    expect(await read(chassis)).toEqual([
      expect.objectContaining({
        nativeKey: whole.nativeKey,
        partial: true,
        ciClass: 'server',
        sections: { chassis: expect.objectContaining({ rack: 'T1-R07' }) },
        details: {},
      }),
    ]);
  });

  it('takes an interface alone for a partial sighting of its machine', async () => {
    expect(await read(nic())).toEqual([
      expect.objectContaining({ nativeKey: 'mac:90:e2:ba:42:00:01', partial: true, sections: {}, details: {} }),
    ]);
  });

  it('joins nothing by a path that two machines share', async () => {
    const other = system({ SerialNumber: 'BRG0043X', UUID: '8a6f4cb2-3f0e-4c11-9b5d-0e1f2a3b4c5d' });
    const records = await read([system(), other, nic()]);
    expect(records.map(({ nativeKey }) => nativeKey)).toEqual([
      'serial:berge:brg0042x',
      'serial:berge:brg0043x',
      'mac:90:e2:ba:42:00:01',
    ]);
    expect(
      records
        .slice(0, 2)
        .flatMap(({ identifiers }) => identifiers)
        .some(({ type }) => type === 'mac'),
    ).toBe(false);
  });

  it('keeps machines of several services apart when each service is a document', async () => {
    const other = all().map((one) => ({ ...one, ...('UUID' in one ? { SerialNumber: 'BRG0043X' } : {}) }));
    const records = await read(`${JSON.stringify({ a: all() })}\n${JSON.stringify({ a: other })}`);
    expect(records.map(({ nativeKey, details }) => [nativeKey, details?.interfaces?.length])).toEqual([
      ['serial:berge:brg0042x', 1],
      ['serial:berge:brg0043x', 1],
    ]);
  });

  it('makes an enclosure a device of its own, on which its blades depend', async () => {
    const enclosure = {
      '@odata.id': '/redfish/v1/Chassis/Frame',
      '@odata.type': '#Chassis.v1_22_0.Chassis',
      ChassisType: 'Enclosure',
      Manufacturer: 'Berge',
      SerialNumber: 'FRAME001',
      Links: { ComputerSystems: [{ '@odata.id': '/redfish/v1/Systems/1' }, { '@odata.id': '/redfish/v1/Systems/2' }] },
    };
    const blade = (at: number) =>
      system({ '@odata.id': `/redfish/v1/Systems/${at}`, SerialNumber: `BLADE00${at}`, UUID: null, AssetTag: '' });
    const [frame, ...blades] = await read([blade(1), enclosure, blade(2)]);
    expect(frame).toMatchObject({ nativeKey: 'serial:berge:frame001', ciClass: 'device', assetKind: 'hardware' });
    expect(blades.map(({ nativeKey, relations }) => [nativeKey, relations])).toEqual(
      [1, 2].map((at) => [
        `serial:berge:blade00${at}`,
        [{ type: 'depends on', direction: 'out', record: 'serial:berge:frame001' }],
      ]),
    );
  });
});

describe('makes and their habits', () => {
  it('takes the service tag of Dell for the serial, as agents and books do', async () => {
    const [record] = await read(system({ Manufacturer: 'Dell Inc.', SKU: '7QX1ZY2', SerialNumber: 'CNFLY0097B0042' }));
    expect(record?.nativeKey).toBe('serial:dell:7qx1zy2');
    expect(record?.identifiers).toContainEqual({ type: 'serial', value: '7QX1ZY2', qualifier: 'Dell Inc.' });
    expect(record?.identifiers).toContainEqual({
      type: 'boardSerial',
      value: 'CNFLY0097B0042',
      qualifier: 'Dell Inc.',
    });
    const [other] = await read(system({ SKU: '7QX1ZY2' }));
    expect(other?.nativeKey).toBe(whole.nativeKey);
  });

  it('reads resources of iLO 4, which have types and links of their own', async () => {
    const old = {
      Type: 'ComputerSystem.1.0.1',
      Manufacturer: 'HP',
      SerialNumber: 'CZJ0SKY042',
      HostCorrelation: { HostMACAddress: ['90:E2:BA:42:00:05'], HostName: 'gate-05' },
      Memory: { TotalSystemMemoryGB: 64 },
      Processors: { Count: 2, ProcessorFamily: 'Berge Xtra' },
      links: { self: { href: '/rest/v1/Systems/1' } },
    };
    expect(recognised(old)).toBe('redfish');
    const [record] = await read(old);
    expect(record).toMatchObject({
      nativeKey: 'serial:hp:czj0sky042',
      name: 'gate-05',
      sections: { hardware: { memoryMb: 65536 } },
    });
    expect(record?.identifiers).toContainEqual({ type: 'mac', value: '90:E2:BA:42:00:05' });
  });

  it('makes no asset of a virtual system', async () => {
    const [record] = await read(system({ SystemType: 'Virtual' }));
    expect(record).toMatchObject({ nature: 'virtual', ciClass: 'virtual-machine' });
    expect(record).not.toHaveProperty('assetKind');
    expect(record?.identifiers.some(({ type }) => type === 'assetTag')).toBe(false);
  });

  it('does not name a machine by placeholders', async () => {
    const junk = {
      SerialNumber: 'To be filled by O.E.M.',
      UUID: '00000000-0000-0000-0000-000000000000',
      AssetTag: 'Default string',
    };
    expect(errorsOf(await parseWith(redfish, [system(junk), system()]))).toEqual([
      expect.objectContaining({ reason: expect.stringMatching(/^Nothing names/) }),
    ]);
  });
});
