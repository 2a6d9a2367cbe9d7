import { describe, expect, it } from '@jest/globals';
import { normaliseIdentifiers } from '../../domain/identity/normalise.ts';
import { mapGlpi } from '../../functions/imports/formats/glpi-json/map.ts';
import { fixture, keysOf, mainOf, only, read, recordsOf, valuesOf } from '../support/glpi-json.ts';

describe('a host of virtual machines, containers and databases', () => {
  it('is a server with an asset', async () => {
    const [host] = await read('hangar-server');
    expect(host).toMatchObject({ nativeKey: 'serial:hp:cz9sky0001', ciClass: 'server', assetKind: 'hardware' });
    expect(host?.observedAt).toBeUndefined();
    expect(host?.sections.hardware?.memoryMb).toBe(262_144);
    expect(host?.sections.bios).not.toHaveProperty('assetTag');
    expect(valuesOf(host, 'chassisSerial')).toEqual(['CZ9SKY0002']);
  });

  it('yields guests as CIs without asset that run on it', async () => {
    const [host, ...related] = await read('hangar-server');
    const guests = related.filter(({ nature }) => nature === 'virtual');
    expect(keysOf(guests)).toEqual([
      expect.stringMatching(/^vm:[\da-f]{32}$/),
      'serial:hp:cz9sky0001/vm/training desk 3',
      'serial:hp:cz9sky0001/vm/metar_1',
      'serial:hp:cz9sky0001/vm/weather',
    ]);
    expect(guests.map(({ ciClass, container }) => [ciClass, container])).toEqual([
      ['virtual-machine', undefined],
      ['virtual-machine', undefined],
      ['container-workload', true],
      ['container-workload', true],
    ]);
    for (const guest of guests) {
      expect(guest).not.toHaveProperty('assetKind');
      expect(guest.partial).toBe(true);
      expect(guest.relations).toEqual([{ type: 'runs on', direction: 'out', record: host?.nativeKey }]);
    }
    expect(valuesOf(guests[0], 'mac')).toEqual(['52:54:00:aa:00:01', '52:54:00:aa:00:02']);
    expect(valuesOf(guests[0], 'hostname')).toEqual(['crewplan01']);
    expect(valuesOf(guests[1], 'hostname')).toEqual([]);
  });

  it('yields database services that run on it, in both shapes that agents write', async () => {
    const databases = (await read('hangar-server')).filter(({ ciClass }) => ciClass === 'database');
    expect(keysOf(databases)).toEqual([
      'serial:hp:cz9sky0001/db/postgresql/flightops',
      'serial:hp:cz9sky0001/db/mysql/mariadb default',
      'serial:hp:cz9sky0001/db/mysql/mariadb archive',
    ]);
    expect(databases.map(({ sections }) => sections.database?.port)).toEqual([5432, 3306, 3307]);
    expect(databases[0]).toMatchObject({
      nature: 'logical',
      details: { databases: [{ name: 'crew' }, { name: 'rotations' }] },
    });
    expect(only(databases[0]?.relations ?? []).type).toBe('runs on');
  });
});

describe('a virtual machine with an agent of its own', () => {
  it('is a CI without asset and has no peripherals', async () => {
    const main = only(await read('crewplan-guest'));
    expect(main).toMatchObject({ ciClass: 'virtual-machine', nature: 'virtual' });
    expect(main).not.toHaveProperty('assetKind');
    expect(main).not.toHaveProperty('container');
    expect(main.nativeKey).toMatch(/^serial:vmware:vmware-56 4d/);
  });

  it('is told by its model when the agent names no hypervisor', () => {
    const bios = { smanufacturer: 'QEMU', smodel: 'Standard PC (i440FX + PIIX, 1996)' };
    expect(mainOf({ content: { bios, hardware: { name: 'a' } } }).ciClass).toBe('virtual-machine');
    expect(mainOf({ content: { bios: { smodel: 'OptiPlex 7010' }, hardware: { name: 'a' } } }).ciClass).toBe(
      'computer',
    );
  });

  it('never takes the hardware names of its host when it is a container', () => {
    const host = JSON.parse(fixture('hangar-server'));
    const inside = { deviceid: 'weather-2026-01-01-00-00-00', content: { ...host.content, virtualmachines: null } };
    inside.content.hardware = { ...host.content.hardware, name: 'weather', vmsystem: 'lxc' };
    const main = mainOf(inside);
    expect(main).toMatchObject({
      container: true,
      nature: 'virtual',
      nativeKey: 'deviceid:weather-2026-01-01-00-00-00',
    });
    const strong = normaliseIdentifiers(main, 'feed').filter(({ strength }) => strength === 'strong');
    expect(strong).toEqual([]);
    expect(normaliseIdentifiers(mainOf(host), 'feed').some(({ strength }) => strength === 'strong')).toBe(true);
  });
});

describe('network equipment', () => {
  it('is one CI with the first member of the stack as its asset', async () => {
    const [main] = await read('apron-stack');
    expect(main).toMatchObject({
      nativeKey: 'serial:cisco:fcwsky00001',
      ciClass: 'network-device',
      assetKind: 'hardware',
      sections: {
        bios: { manufacturer: 'Cisco', model: 'Catalyst 9300', serial: 'FCWSKY00001', firmware: '17.9.4' },
        network: { ipAddresses: ['10.40.0.2', '10.40.1.2'], primaryMac: '00:1b:54:00:10:00' },
      },
    });
    expect(valuesOf(main, 'fqdn')).toEqual(['sw-apron-1.skyways.example']);
    expect(valuesOf(main, 'mac')).toEqual(['00:1b:54:00:10:00']);
  });

  it('makes every further member an asset alone, and nothing of inner parts', async () => {
    const members = (await read('apron-stack')).slice(1);
    expect(members.map((member) => valuesOf(member, 'serial'))).toEqual([['FCWSKY00002'], ['FCWSKY00003']]);
    for (const member of members) {
      expect(member).toMatchObject({ nature: 'physical', assetKind: 'hardware' });
      expect(member).not.toHaveProperty('ciClass');
      expect(member).not.toHaveProperty('relations');
    }
  });

  it('takes one chassis with another serial for the device itself', () => {
    const document = JSON.parse(fixture('apron-stack'));
    document.content.network_device.serial = 'LOGICAL0001';
    document.content.network_components.splice(2, 2);
    expect(recordsOf(mapGlpi(document))).toHaveLength(1);
  });

  it('keeps ports without counters, and neighbours apart from them', async () => {
    const [main] = await read('apron-stack');
    expect(main?.details?.networkPorts?.[0]).toEqual({
      ifnumber: 1,
      ifname: 'Gi1/0/1',
      iftype: 6,
      mac: '00:1b:54:00:10:01',
    });
    expect(main?.details?.networkPorts).toHaveLength(2);
    expect(main?.details?.neighbours).toEqual([
      {
        connections: [{ sysname: 'sw-core-1', ifdescr: 'Te1/1/1', ip: '10.40.0.1' }],
        ifname: 'Gi1/0/1',
        ifnumber: 1,
        lldp: true,
      },
    ]);
  });

  it('makes access points of a controller devices of their own, connected to it', async () => {
    const [main, ...points] = await read('lounge-controller');
    expect(keysOf(points)).toEqual(['serial:cisco:fglsky00001', 'serial:cisco:fglsky00002']);
    for (const point of points) {
      expect(point).toMatchObject({ ciClass: 'network-device', assetKind: 'hardware' });
      expect(point.relations).toEqual([{ type: 'connected to', direction: 'out', record: main?.nativeKey }]);
      expect(valuesOf(point, 'hostname')).toEqual([]);
    }
    expect(valuesOf(points[0], 'mac')).toEqual(['70:db:98:00:00:01']);
  });

  it('tells two nameless devices of one prober apart', () => {
    const device = (name: string) =>
      mainOf({ deviceid: 'foo', content: { network_device: { name, type: 'NETWORKING' } } });
    expect(device('sw-1').nativeKey).not.toBe(device('sw-2').nativeKey);
  });
});

describe('other item types', () => {
  it('reads a phone: IMEI, made-up id, no charge, no date that does not exist', async () => {
    const main = only(await read('crew-phone'));
    expect(main).toMatchObject({ ciClass: 'mobile', assetKind: 'hardware', nativeKey: 'imei:356938035643809' });
    expect(valuesOf(main, 'udid')).toEqual(['af8d3fcfa6fe4784']);
    expect(valuesOf(main, 'uuid')).toEqual([]);
    expect(main.observedAt).toBeUndefined();
    expect(main.details?.batteries).toEqual([]);
  });

  it.each([
    ['Printer', {}, 'printer', 'physical'],
    ['Unmanaged', {}, 'unmanaged', 'unknown'],
    ['NetworkEquipment', {}, 'network-device', 'physical'],
    ['NetworkEquipment', { network_device: { type: 'Storage', name: 'sky-1' } }, 'storage', 'physical'],
    ['networkequipment', { network_device: { type: 'Printer', name: 'sky-1' } }, 'network-device', 'physical'],
    [undefined, { hardware: {} }, 'computer', 'physical'],
    [undefined, { network_device: { type: 'Power', name: 'sky-1' } }, 'power', 'physical'],
    [undefined, { network_device: { type: 'Computer', name: 'sky-1' } }, 'computer', 'physical'],
    [undefined, {}, 'unmanaged', 'unknown'],
    ['Glpi\\CustomAsset\\Kiosk', { bios: {} }, 'computer', 'physical'],
    ['Computer', { hardware: { chassis_type: 'Main Server Chassis' } }, 'server', 'physical'],
    ['Computer', { operatingsystem: { full_name: 'VMware ESXi 8.0' } }, 'server', 'physical'],
  ])('classes %s with %j as %s', (itemtype, content, ciClass, nature) => {
    const main = mainOf({ itemtype, deviceid: 'dev-1', content });
    expect(main).toMatchObject({ ciClass, nature });
    expect(main.assetKind).toBe(nature === 'physical' ? 'hardware' : undefined);
  });
});
