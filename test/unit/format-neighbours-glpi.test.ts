import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { DiscoveryRecord } from '../../domain/discovery/record.ts';
import { Relationship } from '../../domain/relationship/relationship.ts';
import { mapGlpi } from '../../functions/imports/formats/glpi-json/map.ts';
import { deviceNameOf } from '../../functions/imports/formats/network-neighbours/device-name.ts';
import { portName } from '../../functions/imports/formats/network-neighbours/port-name.ts';
import { importRig } from '../support/import-rig.ts';
import { memoryTable } from '../support/memory-table.ts';

const estate = (name: string) =>
  JSON.parse(readFileSync(new URL(`../fixtures/estate/glpi-network/${name}.json`, import.meta.url), 'utf8'));

describe('neighbours in a network inventory of GLPI', () => {
  const device = (ports: unknown[]) => ({
    itemtype: 'NetworkEquipment',
    content: { network_device: { name: 'sw-x', serial: 'FCW2601SKY9', manufacturer: 'Cisco' }, network_ports: ports },
  });
  const map = (document: unknown) =>
    mapGlpi(document).map((one) => DiscoveryRecord.parse('record' in one ? one.record : one));
  const endsOf = (document: unknown) =>
    map(document)[0]?.relations?.map(({ identifiers }) => identifiers?.[0]?.value) ?? [];

  it('connect what names itself, and the one machine at a port; not a dock, a trunk, a hub or a guest', async () => {
    expect(endsOf(estate('sw-arn-acc-01'))).toEqual([
      '70:6b:b9:06:2a:00',
      ...['00:07:4d:8a:b4:ac', '00:1b:21:ea:f6:69', '3c:52:82:07:a5:2f', '3c:52:82:d0:38:f9', '3c:52:82:f8:a3:0e'],
    ]);
    const [mac, other] = ['3c:52:82:00:00:01', '3c:52:82:00:00:02'];
    expect(endsOf(device([{ ifname: 'Gi1', connections: [{ mac }] }]))).toEqual([mac]);
    expect(endsOf(device([{ connections: [{ mac: [mac] }], trunk: 1 }]))).toEqual([]);
    expect(endsOf(device([{ connections: [{ mac: [mac, other] }] }]))).toEqual([]);
    expect(endsOf(device([{ connections: [{ mac }, { mac: other }] }]))).toEqual([]);
    expect(
      endsOf(
        device([{ connections: [{ mac: '00:e0:4c:68:4a:9d' }] }, { connections: [{ mac: '00:50:56:00:00:01' }] }]),
      ),
    ).toEqual([]);
    expect(endsOf(device([{ lldp: false, connections: [{ sysname: 'sw-y.skyways.example' }] }]))).toEqual([]);
    expect(endsOf(device([{ lldp: true, connections: [{ sysname: 'sw-y(FOX1819SKY1)' }] }]))).toEqual(['FOX1819SKY1']);
    expect(map(device([]))[0]).not.toHaveProperty('relations');
  });

  it('make one edge of a link that both ends report, in either order, and none to what nobody knows', async () => {
    const files = ['sw-arn-acc-01', 'sw-cph-core', 'sw-osl-acc-01'];
    const results = [];
    for (const order of [files, [...files].reverse()]) {
      const table = memoryTable();
      const rig = importRig(table);
      for (const name of [...order, ...order])
        await rig.importFile('glpi-network', `${name}.json`, JSON.stringify(estate(name)));
      const edges = table.items().filter(({ e }) => e === 'relationship');
      results.push(edges.map(({ d }) => Relationship.parse(d).relationshipId).sort());
      expect(table.items().filter(({ e }) => e === 'ci')).toHaveLength(3);
    }
    expect(results[0]).toHaveLength(2);
    expect(results[1]).toEqual(results[0]);
  });
});

describe('names', () => {
  it.each([
    ['Gi1/0/48', 'GigabitEthernet1/0/48'],
    ['Gig 1/0/48', 'GigabitEthernet1/0/48'],
    ['gigabitethernet1/0/48', 'GigabitEthernet1/0/48'],
    ['Te1/1/1', 'TenGigabitEthernet1/1/1'],
    ['Twe1/0/1', 'TwentyFiveGigE1/0/1'],
    ['Eth1/49', 'Ethernet1/49'],
    ['Fas 0/1', 'FastEthernet0/1'],
    ['Po6', 'Port-channel6'],
    ['eth0', 'eth0'],
    ['ge-0/0/1.0', 'ge-0/0/1.0'],
    ['XGigabitEthernet0/0/1', 'XGigabitEthernet0/0/1'],
    ['000f.532e.ced1', '00:0f:53:2e:ce:d1'],
    ['2/1/14', '2/1/14'],
    ['  ', undefined],
  ])('of a port: %s is %s', (written, name) => {
    expect(portName(written)).toBe(name);
    expect(portName(name)).toBe(name);
  });

  it.each([
    ['discovery/napalm/sw-01.json', 'sw-01'],
    ['discovery/napalm/2026/sw-01.net.skyways.example_get_lldp_neighbors_detail.json.gz', 'sw-01.net.skyways.example'],
    ['discovery/textfsm/sw-01-show-cdp-neighbors.yml', 'sw-01'],
    ['discovery/napalm/lldp.json', 'lldp'],
  ])('of a device, from %s: %s', (key, name) => {
    expect(deviceNameOf(key)).toBe(name);
  });
});
