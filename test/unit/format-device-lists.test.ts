import { describe, expect, it } from '@jest/globals';
import { chooseFormat } from '../support/formats.ts';
import { parseWith, uploadOf } from '../support/parse-format.ts';

const read = async (content: string, key?: string) => {
  const { name } = chooseFormat(content, uploadOf(key ?? 'x'), undefined);
  return { name, parsed: await parseWith(name, content, key) };
};

describe('hosts of endpoint protection', () => {
  const hosts: [string, unknown, Record<string, unknown>][] = [
    [
      'CrowdStrike',
      {
        resources: [
          {
            device_id: 'a1',
            cid: 'c1',
            agent_version: '7',
            hostname: 'sky-lt-1',
            platform_name: 'Windows',
            system_manufacturer: 'Berge Inc.',
            system_product_name: 'Runway',
            serial_number: 'SKYW1001',
            mac_address: '3c-22-fb-00-00-01',
            last_seen: '2026-11-01T00:00:00Z',
          },
        ],
      },
      {
        nativeKey: 'crowdstrike:a1',
        nature: 'physical',
        assetKind: 'hardware',
        observedAt: '2026-11-01T00:00:00.000Z',
      },
    ],
    [
      'Microsoft Defender',
      {
        value: [
          {
            id: 'b1',
            computerDnsName: 'sky-lt-1.skyways.example',
            osPlatform: 'Windows11',
            lastSeen: '2026-11-01T00:00:00Z',
            ipAddresses: [{ macAddress: '3C22FB000001' }],
          },
        ],
      },
      { nativeKey: 'defender:b1', name: 'sky-lt-1', nature: 'unknown' },
    ],
    [
      'SentinelOne',
      {
        data: [
          {
            id: '22',
            computerName: 'sky-lt-1',
            agentVersion: '23',
            machineType: 'laptop',
            osName: 'Windows 11',
            modelName: 'Berge Inc. - Runway',
            serialNumber: 'SKYW1001',
            networkInterfaces: [{ physical: '3c:22:fb:00:00:01' }],
          },
        ],
      },
      { nativeKey: 'sentinelone:22', sections: { bios: { manufacturer: 'Berge Inc.', model: 'Runway' } } },
    ],
  ];
  it.each(hosts)('%s are devices with serial, MAC and name', async (_tool, content, expected) => {
    const { name, parsed } = await read(JSON.stringify(content));
    expect(name).toBe('mdm');
    expect(parsed).toMatchObject([{ record: expected }]);
    expect(parsed).toMatchObject([
      {
        record: {
          identifiers: expect.arrayContaining([
            { type: 'mac', value: '3c:22:fb:00:00:01' },
            { type: 'hostname', value: 'sky-lt-1' },
          ]),
        },
      },
    ]);
  });
  it('of which neither model nor serial is known make no asset', async () => {
    const [, content] = hosts[1] ?? [];
    const { parsed } = await read(JSON.stringify(content));
    expect(parsed[0]).not.toHaveProperty('record.assetKind');
  });
});

describe('a dump of NetBox', () => {
  const row = (model: string, pk: number, fields: Record<string, unknown>) => ({ model, pk, fields });
  const at = (id: number) => ({ assigned_object_type: ['dcim', 'interface'], assigned_object_id: id });
  const end = (id: number, cable: number) =>
    row('dcim.cabletermination', id, { cable, termination_type: ['dcim', 'interface'], termination_id: id });
  const rows = [
    row('dcim.interface', 1, { device: 70, mac_address: '00:1B:21:00:00:70' }),
    row('dcim.device', 70, { device_type: 4, role: 2, site: 3, name: 't1-sw-01', serial: 'SWT00070' }),
    row('dcim.device', 71, { device_type: 4, role: 2, site: 3, name: 't1-srv-01', serial: 'SRV00071' }),
    row('dcim.interface', 2, { device: 71, primary_mac_address: 5 }),
    row('dcim.macaddress', 5, { mac_address: '00:1b:21:00:00:71', ...at(2) }),
    row('ipam.ipaddress', 9, { address: '10.0.0.71/24', ...at(2) }),
    ...[end(1, 1), end(2, 1)],
    row('virtualization.virtualmachine', 9, { name: 'vm1', vcpus: 2, memory: 4096, cluster: 1, device: 71 }),
    row('virtualization.vminterface', 3, { virtual_machine: 9, mac_address: '00:50:56:00:00:09' }),
    row('dcim.site', 3, { name: 'Terminal 1' }),
  ];
  const expected = [
    {
      nativeKey: 'netbox:device/70',
      mac: '00:1b:21:00:00:70',
      relations: [{ type: 'connected to', direction: 'out', record: 'netbox:device/71' }],
    },
    { nativeKey: 'netbox:device/71', mac: '00:1b:21:00:00:71', relations: [] },
    {
      nativeKey: 'netbox:vm/9',
      mac: '00:50:56:00:00:09',
      relations: [{ type: 'runs on', direction: 'out', record: 'netbox:device/71' }],
    },
  ];
  it.each([
    ['as it is', rows],
    ['backwards', rows.toReversed()],
  ])('tells of interfaces, addresses, cables and hosts, wherever they stand: %s', async (_order, all) => {
    const { parsed } = await read(JSON.stringify(all));
    const sorted = parsed
      .flatMap((one) => ('record' in one ? [one.record] : []))
      .sort((a, b) => (a.nativeKey < b.nativeKey ? -1 : 1));
    expect(sorted).toMatchObject(
      expected.map(({ mac, ...record }) => ({
        ...record,
        identifiers: expect.arrayContaining([{ type: 'mac', value: mac }]),
      })),
    );
    expect(sorted[1]?.identifiers).toContainEqual({ type: 'ip', value: '10.0.0.71' });
    expect(sorted[0]?.sections).toMatchObject({ placement: { site: 'Terminal 1' } });
  });
});

describe('lists of devices as CSV', () => {
  const serial = { type: 'serial', value: 'SKYW1001' };
  it.each([
    [
      'Fleet',
      'id,hostname,uuid,osquery_version,hardware_vendor,hardware_model,hardware_serial,primary_mac\n1,sky-lt-1,392547dc-0000-4000-8000-d7a01ffc65df,5.9,Berge Inc.,Runway,SKYW1001,3c:22:fb:00:00:01',
      { ...serial, qualifier: 'Berge Inc.' },
    ],
    [
      'Configuration Manager',
      'ResourceID,Name0,SMBIOSGUID0,MACAddresses0,SerialNumber0,Manufacturer0,Model0\n16777220,SKY-LT-1,392547dc-0000-4000-8000-d7a01ffc65df,3C:22:FB:00:00:01,SKYW1001,Berge Inc.,Runway',
      { ...serial, qualifier: 'Berge Inc.' },
    ],
    ['Autopilot', 'Device Serial Number,Windows Product ID,Hardware Hash\nSKYW1001,,T0FzAQEAHAAA', serial],
  ])('of %s are read by their columns', async (_tool, content, expected) => {
    const { name, parsed } = await read(content);
    expect(name).toBe('csv');
    expect(parsed).toMatchObject([{ record: { half: 'book', identifiers: expect.arrayContaining([expected]) } }]);
  });
});
