import { describe, expect, it } from '@jest/globals';
import { fusionXml } from '../../functions/imports/formats/fusion-xml/format.ts';
import { faultsOf, fixture, parse, read, readMachine } from '../support/fusion-xml.ts';
import { context, keysOf, recordsOf } from '../support/glpi-json.ts';

describe('devices that were read by SNMP or discovered', () => {
  it('become one record each, with what stands in a relation to it and faults between them', async () => {
    const parsed = await parse(fixture('concourse-probe.xml'));
    const records = parsed.flatMap((one) => ('record' in one ? [one.record] : []));
    expect(records.map(({ recordIndex, nativeKey, ciClass }) => [recordIndex, nativeKey, ciClass])).toEqual([
      [0, 'serial:cisco:skysw1001', 'network-device'],
      [1, 'member/serial:cisco:skysw2001', undefined],
      [2, 'serial:lexmark:skyprn0003', 'printer'],
      [4, 'deviceid:foo/pdu-gate-4', 'power'],
    ]);
    expect(faultsOf(parsed)).toMatchObject([
      { recordIndex: 3, line: 56, errors: [{ reason: expect.stringContaining('No response from remote host') }] },
      { recordIndex: 5, line: 62, errors: [{ reason: expect.stringContaining('Nothing names this device') }] },
    ]);
  });

  it('keep ports, neighbours and components', async () => {
    const parsed = await parse(fixture('concourse-probe.xml'));
    const [stack] = recordsOf(parsed.slice(0, 1));
    expect(stack?.sections).toMatchObject({
      bios: { firmware: '17.9.3' },
      hardware: { location: 'Concourse B', memoryMb: 1024 },
      network: { ipAddresses: ['10.20.0.11', '10.20.0.12'], primaryMac: '70:0f:6a:aa:00:01' },
    });
    expect(stack?.details?.networkPorts).toEqual([
      {
        aggregate: [10, 11],
        ifname: 'Gi1/0/48',
        ifnumber: 48,
        mac: '70:0F:6A:AA:00:30',
        vlans: [{ name: 'crew', number: '20' }],
      },
      { ifname: 'Gi1/0/2', ifnumber: 2 },
    ]);
    expect(stack?.details?.neighbours).toEqual([
      {
        connections: [{ ifdescr: 'Gi1/0/1', ip: '10.20.0.1', sysname: 'core-1' }],
        ifname: 'Gi1/0/48',
        ifnumber: 48,
        lldp: true,
      },
      { connections: [{ mac: ['e4:43:4b:10:20:30', 'e4:43:4b:10:20:31'] }], ifname: 'Gi1/0/2', ifnumber: 2 },
    ]);
    expect(stack?.details?.components).toContainEqual(
      expect.objectContaining({ contained_index: 1, firmware: '17.9', serial: 'SKYSW1001' }),
    );
  });

  it('are partial when a discovery only knocked', async () => {
    const [bridge, kiosk] = await read('apron-discovery.xml');
    expect(bridge).toMatchObject({
      nativeKey: 'mac:00:80:a3:4d:00:41',
      partial: true,
      ciClass: 'network-device',
      name: 'bridge-41',
    });
    expect(bridge?.sections.bios).toEqual({ manufacturer: 'Lantronix' });
    expect(kiosk).toMatchObject({ partial: true, ciClass: 'unmanaged', name: 'KIOSK-9' });
    expect(kiosk?.assetKind).toBeUndefined();
    expect(kiosk?.nativeKey).toBe('deviceid:probe-apron-2026-01-01-00-00-00/kiosk-9');
  });

  it('are read from the SNMP scan of OCS', async () => {
    const records = await read('lounge-ocs-snmp.xml');
    expect(keysOf(records)).toEqual([
      'serial:juniper:skyjn0001',
      'member/serial:juniper:skyjn0002',
      'serial::skyprn0650',
    ]);
    expect(records[0]).toMatchObject({
      ciClass: 'network-device',
      sections: { bios: { model: 'EX3400', firmware: '12.3' }, network: { ipAddresses: ['10.20.5.2'] } },
    });
    expect(records[2]).toMatchObject({ ciClass: 'printer', sections: { bios: { model: 'Lexmark T650' } } });
  });

  it.each([
    ['COMPUTER', 'computer'],
    ['networking', 'network-device'],
    ['PRINTER', 'printer'],
    ['PHONE', 'mobile'],
    ['STORAGE', 'storage'],
    ['POWER', 'power'],
    ['VIDEO', 'network-device'],
    ['2', 'network-device'],
    ['3', 'printer'],
    ['constructor', 'network-device'],
  ])('of type %s are of class %s', async (type, ciClass) => {
    const device = `<DEVICE><INFO><SERIAL>SKY000117</SERIAL><TYPE>${type}</TYPE></INFO></DEVICE>`;
    expect(await readMachine(device, '<DEVICEID>foo</DEVICEID>')).toMatchObject({
      ciClass,
      nativeKey: 'serial::sky000117',
    });
  });

  it('are known by their name alone when no prober is named', async () => {
    const device = '<DEVICE><INFO><NAME>ap-1</NAME></INFO></DEVICE>';
    expect((await readMachine(device)).nativeKey).toBe('name:ap-1');
  });

  it('are given out while the file is still read', async () => {
    let read = 0;
    const body = async function* () {
      yield Buffer.from('<REQUEST><CONTENT>');
      for (; read < 5000; read += 1)
        yield Buffer.from(`<DEVICE><INFO><SERIAL>SKYFLOW${read}</SERIAL><TYPE>NETWORKING</TYPE></INFO></DEVICE>`);
      yield Buffer.from('</CONTENT><DEVICEID>foo</DEVICEID></REQUEST>');
    };
    let given = 0;
    let mostBehind = 0;
    for await (const _ of fusionXml.parse(body(), context)) {
      given += 1;
      mostBehind = Math.max(mostBehind, read - given);
    }
    expect(given).toBe(5000);
    expect(mostBehind).toBeLessThan(20);
  });
});
