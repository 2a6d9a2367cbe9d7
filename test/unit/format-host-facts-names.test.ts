import { describe, expect, it } from '@jest/globals';
import { normaliseIdentifiers } from '../../domain/identity/normalise.ts';
import { gathered, recordOf, valuesOf } from '../support/host-facts.ts';

const ansible = (facts: object) => recordOf({ ansible_facts: gathered(facts) });
describe('names', () => {
  it('is keyed by serial, UUID, machine id, MAC, own name when the tool names nothing, never by junk', async () => {
    const all = {
      ansible_product_serial: 'SKY0000123',
      ansible_product_uuid: '11223344-5566-7788-99aa-bbccddeeff11',
      ansible_machine_id: 'aa11bb22cc33dd44ee55ff6600778899',
      ansible_eth0: { device: 'eth0', macaddress: 'a4:bb:6d:00:00:77' },
      ansible_fqdn: 'gate-1.skyways.example',
    };
    const junk = { ansible_product_serial: 'NA', ansible_product_uuid: 'Not Specified', ansible_machine_id: 'unknown' };
    expect((await ansible(all)).nativeKey).toBe('serial::sky0000123');
    expect((await ansible({ ...all, ansible_product_serial: 'NA' })).nativeKey).toMatch(/^uuid:[\da-f]{32}$/);
    expect((await ansible({ ...all, ...junk, ansible_machine_id: all.ansible_machine_id })).nativeKey).toBe(
      'machineId:aa11bb22cc33dd44ee55ff6600778899',
    );
    expect((await ansible({ ...all, ...junk })).nativeKey).toBe('mac:a4:bb:6d:00:00:77');
    const weak = await ansible({ ...junk, ansible_fqdn: 'gate-1.skyways.example' });
    expect(weak.nativeKey).toBe('name:gate-1.skyways.example');
    expect(weak.warnings.map(({ code }) => code)).toEqual(['weak-identity']);
  });

  it.each([
    'localhost',
    'localhost.localdomain',
    'ip6-localhost',
    'unknown',
    'Unknown.skyways.example',
    'fdi.skyways.example',
    '10.1.1.1',
  ])('does not take %s for a domain name', async (name) => {
    expect(valuesOf(await ansible({ ansible_fqdn: name }), 'fqdn')).toEqual([]);
  });

  it('takes the node name where the domain name is none, in lower case', async () => {
    const record = await ansible({ ansible_fqdn: 'localhost', ansible_nodename: ' GATE-1.Skyways.Example ' });
    expect(valuesOf(record, 'fqdn')).toEqual(['gate-1.skyways.example']);
  });

  it('rejects every kind of junk that the tools write', async () => {
    const junk = [
      'NA',
      'unknown',
      'Not Specified',
      'To be filled by O.E.M.',
      '..[.',
      'Not Available',
      'None',
      '0',
      'N/A',
      'MY_SERIAL      ',
    ];
    for (const value of junk) {
      const record = await ansible({
        ansible_product_serial: value,
        ansible_chassis_asset_tag: value,
        ansible_board_serial: value,
      });
      const usable = normaliseIdentifiers(record, 'feed').filter(
        ({ type, strength }) => strength !== 'rejected' && type !== 'hostname' && type !== 'assetTag',
      );
      expect([value, usable]).toEqual([value, []]);
      expect(record.sections.bios ?? {}).not.toHaveProperty('serial');
    }
  });

  it('knows an EC2 instance by the notation of the AWS formats, also by the tag of its board', async () => {
    const virtual = { ansible_virtualization_role: 'guest', ansible_virtualization_type: 'kvm' };
    const board = {
      ...virtual,
      ansible_system_vendor: 'Amazon EC2',
      ansible_board_asset_tag: 'i-0aabbccddeeff0011',
      ansible_chassis_asset_tag: 'Amazon EC2',
    };
    expect(valuesOf(await ansible(board), 'cloudId')).toEqual(['aws:i-0aabbccddeeff0011']);
    expect(valuesOf(await ansible(board), 'assetTag')).toEqual([]);
    expect(valuesOf(await ansible({ ...virtual, ansible_ec2_instance_id: 'i-0AABBCCDDEEFF0011' }), 'cloudId')).toEqual([
      'aws:i-0aabbccddeeff0011',
    ]);
    expect(valuesOf(await ansible({ ansible_board_asset_tag: 'i-will-not' }), 'cloudId')).toEqual([]);
  });
});
describe('flat facts of facter 2', () => {
  const flat = {
    facterversion: '2.4.6',
    hostname: 'hangar-3',
    fqdn: 'HANGAR-3.skyways.example',
    is_virtual: 'false',
    virtual: 'physical',
    manufacturer: 'IBM',
    productname: 'IBM System x -[7870K4G]-',
    serialnumber: 'SKYIBM01      ',
    boardserialnumber: 'unknown',
    chassisassettag: 'To Be Filled By O.E.M.',
    type: 'Main Server Chassis',
    memorysize: '15.50 GB',
    processor0: 'Berge   CPU',
    physicalprocessorcount: '2',
    operatingsystem: 'RedHat',
    operatingsystemrelease: '6.2',
    architecture: 'x86_64',
    kernelrelease: '2.6.32',
    interfaces: 'br180,eth0,eth0_181,eth1,lo,vnet0',
    macaddress_br180: 'E4:1F:13:00:00:58',
    ipaddress_br180: '10.35.27.2',
    macaddress_eth0: 'E4:1F:13:00:00:58',
    macaddress_eth0_181: 'E4:1F:13:00:00:58',
    macaddress_eth1: 'E4:1F:13:00:00:5A',
    macaddress_vnet0: 'FE:54:00:1E:45:13',
    ipaddress_lo: '127.0.0.1',
    sshrsakey: `AAAAB3NzaC1yc2E${'Hangar3'.repeat(9)}`,
  };

  it('becomes a server with the MACs of its cards and the address of its bridge', async () => {
    const record = await recordOf(flat);
    expect(record).toMatchObject({
      ciClass: 'server',
      nativeKey: 'serial:ibm:skyibm01',
      sections: {
        bios: { serial: 'SKYIBM01', model: 'IBM System x -[7870K4G]-' },
        hardware: { memoryMb: 15_872, chassisType: 'Main Server Chassis' },
        cpu: { name: 'Berge CPU', sockets: 2 },
        network: { ipAddresses: ['10.35.27.2'] },
      },
    });
    expect(valuesOf(record, 'mac')).toEqual(['e4:1f:13:00:00:58', 'e4:1f:13:00:00:5a']);
    expect(valuesOf(record, 'fqdn')).toEqual(['hangar-3.skyways.example']);
    expect(valuesOf(record, 'sshHostKey')).toHaveLength(1);
  });

  it('is the same record when only what changes by itself differs', async () => {
    const later = { ...flat, uptime_seconds: '99', memoryfree: '1 GB', load_averages: { '1m': 3 }, swapfree: '2 GB' };
    expect(await recordOf(later)).toEqual(await recordOf(flat));
    expect(await recordOf({ ...flat, kernelrelease: '2.6.33' })).not.toEqual(await recordOf(flat));
  });
});
