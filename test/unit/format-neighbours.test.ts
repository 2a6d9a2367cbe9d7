import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { DiscoveryRecord } from '../../domain/discovery/record.ts';
import { chooseFormat } from '../support/formats.ts';
import { parseWith, problemWith, uploadOf } from '../support/parse-format.ts';

const fixture = (name: string) => readFileSync(new URL(`../fixtures/neighbours/${name}`, import.meta.url), 'utf8');
const read = async (content: unknown, file = 'sw-01.json') => {
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  const key = `discovery/skyways-network/${file}`;
  expect(chooseFormat(text.slice(0, 65_536), uploadOf(key), undefined).name).toBe('network-neighbours');
  const parsed = await parseWith('network-neighbours', text, key);
  return parsed.map((one) => DiscoveryRecord.parse('record' in one ? one.record : one));
};
const readFixture = (name: string) => read(fixture(name), name);
const endsOf = (record: DiscoveryRecord | undefined) =>
  record?.relations?.map(({ record: key, identifiers }) => key ?? identifiers?.map(({ value }) => value).join(' '));
const valuesOf = (record: DiscoveryRecord | undefined) =>
  record?.identifiers.map(({ type, value }) => `${type} ${value}`);

describe('neighbours from NAPALM', () => {
  it('become one edge for each device, however many ports and spellings it has', async () => {
    const [main, ...stubs] = await readFixture('sw-got-acc-02_lldp_neighbors_detail.json');
    expect(main).toMatchObject({ nativeKey: 'device:sw-got-acc-02', ciClass: 'network-device', partial: true });
    expect(valuesOf(main)).toEqual(['hostname sw-got-acc-02']);
    expect(main?.warnings.map(({ code }) => code)).toEqual(['device-named-by-file']);
    expect(endsOf(main)).toEqual([
      'got-plc-4',
      'neighbour/fqdn:sw-got-tower.net.skyways.example',
      'neighbour/mac:70:6b:b9:06:2a:00',
    ]);
    expect(new Set(main?.relations?.map(({ type, direction }) => `${type} ${direction}`))).toEqual(
      new Set(['connected to out']),
    );
    expect(stubs.map(({ nativeKey, recordIndex }) => [nativeKey, recordIndex])).toEqual([
      ['neighbour/fqdn:sw-got-tower.net.skyways.example', 1],
      ['neighbour/mac:70:6b:b9:06:2a:00', 2],
    ]);
    for (const stub of stubs) {
      expect(stub).toMatchObject({ ciClass: 'unmanaged', nature: 'unknown', partial: true, sections: {} });
      expect(stub).not.toHaveProperty('assetKind');
    }
    expect(valuesOf(stubs[1])).toEqual([
      'mac 70:6b:b9:06:2a:00',
      'fqdn sw-cph-core.net.skyways.example',
      'hostname sw-cph-core',
    ]);
  });

  it('keep their ports with the device, spelt in one way and in one order', async () => {
    const [main] = await readFixture('sw-got-acc-02_lldp_neighbors_detail.json');
    expect(main?.details?.neighbours).toHaveLength(5);
    expect(main?.details?.neighbours).toContainEqual({
      localPort: 'GigabitEthernet1/0/1',
      remotePort: 'TenGigabitEthernet2/1/1',
      remoteSystem: 'sw-cph-core.net.skyways.example',
      remoteChassis: '70:6b:b9:06:2a:00',
      description: 'Cisco IOS Software [Cupertino] Version 17.9.5',
    });
    const reversed = Object.fromEntries(
      Object.entries(JSON.parse(fixture('sw-got-acc-02_lldp_neighbors_detail.json'))).reverse(),
    );
    const [again] = await read(reversed, 'sw-got-acc-02.json');
    expect(again?.details).toEqual(main?.details);
    expect(again?.relations).toEqual(main?.relations);
  });

  it('that come with facts, for one device or for several, are of the device that the facts name', async () => {
    const facts = {
      ...{ hostname: 'sw-arn-07', fqdn: 'sw-arn-07.net.skyways.example', vendor: 'Cisco', model: 'C9200L', uptime: 7 },
      ...{ serial_number: 'FCW2601SKY1', os_version: '17.9.5', interface_list: ['Gi1/0/1'] },
    };
    const lldp_neighbors = { 'Gi1/0/1': [{ hostname: 'sw-arn-08', port: 'Gi1/0/2' }] };
    const [alone] = await read(facts, 'x.json');
    expect(alone).toMatchObject({
      nativeKey: 'device:sw-arn-07',
      nature: 'physical',
      assetKind: 'hardware',
      warnings: [],
    });
    expect(alone?.sections).toEqual({
      bios: { manufacturer: 'Cisco', model: 'C9200L', serial: 'FCW2601SKY1' },
      os: { osVersion: '17.9.5' },
      network: { fqdn: 'sw-arn-07.net.skyways.example' },
    });
    expect(alone).not.toHaveProperty('relations');
    const virtual = { ...facts, model: 'vEOS', fqdn: 'Unknown' };
    const [first, second] = await read({
      one: { facts, lldp_neighbors },
      two: { get_facts: { ...virtual, hostname: 'sw-lab' }, get_lldp_neighbors: {} },
    });
    expect(valuesOf(first)).toEqual(['serial FCW2601SKY1', 'fqdn sw-arn-07.net.skyways.example', 'hostname sw-arn-07']);
    expect(endsOf(first)).toEqual(['sw-arn-08']);
    expect(second).toMatchObject({ nativeKey: 'device:sw-lab', nature: 'virtual', recordIndex: 1 });
    expect(second).not.toHaveProperty('assetKind');
  });

  it('in a table of fixed width are not known by names that it cuts at 20 characters', async () => {
    const cut = ['sw-arn-terminal-5-acc', 'sw-arn-t5.net.skyway', 'sw-arn-terminal-5-ac'].map((hostname, at) => [
      `Gi1/0/${at}`,
      [{ hostname, port: 'Gi1/0/1' }],
    ]);
    const [main] = await read(Object.fromEntries(cut));
    expect(endsOf(main)).toEqual(['sw-arn-t5', 'sw-arn-terminal-5-acc']);
    expect(main?.warnings.map(({ code }) => code)).toContain('truncated-name');
    const [named] = await read({ 'Gi1/0/1': [{ hostname: '48:0F:CF:28:8A:1B', port: '48:0F:CF:28:8A:1B' }] });
    expect(endsOf(named)).toEqual(['neighbour/mac:48:0f:cf:28:8a:1b']);
  });
});

describe('neighbours from TextFSM', () => {
  it('in YAML: CDP names the serial behind the name', async () => {
    const [main, ...stubs] = await read(
      fixture('nxos_cdp_neighbors_detail.yml'),
      'cph-spine-01_show_cdp_neighbors_detail.yml',
    );
    expect(main?.nativeKey).toBe('device:cph-spine-01');
    expect(endsOf(main)).toEqual(['MONITOR', 'neighbour/serial:sky1906a1b2']);
    expect(stubs.map(valuesOf)).toEqual([['serial SKY1906A1B2', 'hostname cph-leaf-03', 'ip 10.24.100.3']]);
    expect(main?.details?.neighbours).toContainEqual(expect.objectContaining({ platform: 'N9K-C93180YC-FX' }));
  });

  it('in JSON: rows alone, with names of columns old and new', async () => {
    const now = { LOCAL_INTERFACE: 'Gi0/1', NEIGHBOR_NAME: 'a.skyways.example', NEIGHBOR_INTERFACE: 'Gi0/2' };
    const before = {
      local_port: 'Gi0/3',
      destination_host: 'b.skyways.example',
      remote_port: 'Gi0/4',
      management_ip: '10.0.0.4',
    };
    const [main, ...stubs] = await read([now, before], 'sw-01.net.skyways.example.json');
    expect(valuesOf(main)).toEqual(['fqdn sw-01.net.skyways.example', 'hostname sw-01']);
    expect(endsOf(main)).toEqual(['neighbour/fqdn:a.skyways.example', 'neighbour/fqdn:b.skyways.example']);
    expect(stubs).toHaveLength(2);
    expect(endsOf((await read({ parsed_sample: [now] }))[0])).toEqual(['neighbour/fqdn:a.skyways.example']);
  });

  it.each([
    [
      'a forwarding table',
      '---\nparsed_sample:\n  - destination_address: "a099.9b05.ffaf"\n    destination_port: ["Te1/8"]\n',
    ],
    [
      'an ARP table',
      '{"parsed_sample":[{"interface":"Vlan4","mac_address":"0000.0c07.ac01","ip_address":"10.0.0.1"}]}',
    ],
    ['OSPF neighbours', '{"parsed_sample":[{"interface":"Gi0/1","neighbor_id":"10.0.0.1","state":"FULL"}]}'],
  ])('%s says nothing of cabling', async (_what, content) => {
    expect(await problemWith('network-neighbours', content)).toMatchObject({ code: 'no-neighbours' });
  });
});

describe('neighbours from lldpd', () => {
  it('are of a machine that need not be network gear', async () => {
    const [main, ...stubs] = await read(fixture('lldpctl.json'), 'cph-hv-01.dc.skyways.example.json');
    expect(main).toMatchObject({
      ciClass: 'unmanaged',
      nature: 'unknown',
      nativeKey: 'device:cph-hv-01.dc.skyways.example',
    });
    expect(endsOf(main)).toEqual(['neighbour/mac:70:6b:b9:06:2a:00', 'neighbour/mac:70:6b:b9:77:00:01']);
    expect(stubs.map(({ name }) => name)).toEqual(['sw-cph-core.net.skyways.example', undefined]);
    expect(main?.details?.neighbours).toHaveLength(2);
  });

  it('are the same in json0, and from a machine that names itself', async () => {
    const text = (value: string) => [{ value }];
    const json0 = {
      'local-chassis': [{ chassis: [{ id: [{ type: 'mac', value: '00:1b:21:00:00:07' }], name: text('got-ntp-01') }] }],
      lldp: [
        {
          interface: [
            {
              name: 'eno1',
              chassis: [{ id: [{ type: 'mac', value: '70:6b:b9:06:2a:00' }], name: text('sw-x.skyways.example') }],
              port: [{ id: [{ type: 'ifname', value: 'Gi1/0/1' }] }],
            },
          ],
        },
      ],
    };
    const [main] = await read(json0);
    expect(main).toMatchObject({ nativeKey: 'device:got-ntp-01', warnings: [] });
    expect(valuesOf(main)).toEqual(['mac 00:1b:21:00:00:07', 'hostname got-ntp-01']);
    expect(main?.details?.neighbours).toEqual([
      {
        localPort: 'eno1',
        remotePort: 'GigabitEthernet1/0/1',
        remoteSystem: 'sw-x.skyways.example',
        remoteChassis: '70:6b:b9:06:2a:00',
      },
    ]);
  });
});
