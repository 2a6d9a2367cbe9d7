import { describe, expect, it } from '@jest/globals';
import { agentJson } from '../support/import-fleet.ts';
import { at, crewLaptop, fqdn, host, mac, named, on, own, world } from '../support/unknown-world.ts';

describe('a device that nobody owns', () => {
  it('gets one row however often it is seen, told of once, and writes at most once a day', async () => {
    const { scan, rows, relay, table } = world();
    expect((await scan([host()])).run.counts).toMatchObject({ held: 1 });
    expect(await relay()).toEqual([['UnknownDeviceDetected', 'first-seen']]);
    const [row] = await rows('open');
    expect(row).toMatchObject({
      key: { type: 'mac', value: mac },
      name: 'espresso',
      seenAt: [{ source: 'nmap', device: 'sw-arn-1', port: 'Gi1/0/7' }],
      firstSeenAt: '2026-11-20T06:00:00.000Z',
      lastSeenAt: '2026-11-20T06:00:00.000Z',
    });
    const version = () => table.items().find(({ e }) => e === 'unknown device')?.v;
    await scan([host({ observedAt: '2026-11-20T18:00:00.000Z' })]);
    expect(version()).toBe(1);
    await scan([host(on('2026-11-21')), host(on('2026-11-21'))]);
    expect(version()).toBe(2);
    await scan([host({ ...on('2026-11-21'), seenAt: [{ device: 'sw-arn-2' }] })], 'lldp');
    expect(await rows()).toHaveLength(1);
    expect((await rows())[0]).toMatchObject({ lastSeenAt: '2026-11-21T00:00:00.000Z', seenAt: [{}, {}] });
    expect(await relay()).toEqual([]);
  });
  it('goes by its name, else its address, in the source that saw it', async () => {
    const { scan, rows } = world();
    const named = { type: 'hostname' as const, value: 'kiosk-9' };
    const ip = { type: 'ip' as const, value: '10.20.1.9' };
    await scan([host({ nativeKey: 'a', identifiers: [named, ip] })]);
    await scan([host({ nativeKey: 'b', identifiers: [ip] })]);
    await scan([host({ nativeKey: 'c', identifiers: [ip] })], 'arp');
    expect((await rows()).map(({ key }: { key: object }) => key).sort()).toHaveLength(3);
  });
  it('also when a CI stands for it, which its row names', async () => {
    const { scan, rows, relay } = world();
    const { records } = await scan([host({ partial: false })]);
    expect(records[0]).toMatchObject({ outcome: 'created' });
    expect(await rows('open')).toMatchObject([{ ciId: records[0]?.ciId }]);
    expect(await relay()).toEqual([['UnknownDeviceDetected', 'first-seen']]);
  });
  it.each([
    ['a name and a MAC', { identifiers: [named('crew-lt-1'), own(mac)] }, 1],
    ['a full name and a MAC', { identifiers: [fqdn('crew-lt-1'), own(mac)] }, 1],
    ['a name and another address', { identifiers: [named('crew-lt-1'), at('10.66.0.1')] }, 1],
    ['a name, its address and a MAC', { identifiers: [named('crew-lt-1'), at('10.20.1.50'), own(mac)] }, 1],
    ['a name and its address', { identifiers: [named('crew-lt-1'), at('10.20.1.50')] }, 0],
    ['nothing but a name', { identifiers: [named('crew-lt-1')] }, 0],
  ])('is what shows the name of a computer that is owned, by %s', async (_, seen, expected) => {
    const { rig, scan, rows } = world();
    await rig.importFile('agents', 'a', crewLaptop);
    await scan([host({ nativeKey: 'x', ...seen })]);
    expect(await rows()).toHaveLength(expected);
  });
  it('is not what an agent, an asset, or a name that a source knows tells of', async () => {
    const { rig, scan, rows, call } = world();
    await rig.importFile(
      'agents',
      'a',
      agentJson({ name: 'espresso', serial: 'UNK00001', macs: ['a4:bb:6d:00:09:02'] }),
    );
    await call('createAsset', { body: { name: 'badge reader', macs: [mac] } });
    const by = (type: 'mac' | 'hostname', value: string) => host({ nativeKey: value, identifiers: [{ type, value }] });
    await scan([host(), by('mac', 'a4:bb:6d:00:09:02'), by('hostname', 'ESPRESSO')]);
    expect(await rows()).toEqual([]);
  });
});

describe('a MAC at the port of a switch', () => {
  const ports = (...macs: [string, string, object?][]) => [
    ...macs.map(([ifname, one, more]) => ({ ifname, ifnumber: 1, connections: [{ mac: [one] }], ...more })),
  ];
  const netinventory = (network_ports: object[], seenAt = '2026-11-20 06:00:00') =>
    JSON.stringify({
      action: 'netinventory',
      deviceid: 'net',
      itemtype: 'NetworkEquipment',
      content: {
        accesslog: { logdate: seenAt },
        network_device: { name: 'sw-arn-1', serial: 'FCW2601SKY9', manufacturer: 'Cisco', type: 'Networking' },
        network_ports,
      },
    });
  const [rogue, ours] = ['a4:bb:6d:00:0a:01', 'a4:bb:6d:00:0a:02'];

  it('leads to a row with the switch and the port, unless somebody owns it, also in the same file', async () => {
    const { rig, rows, relay } = world();
    await rig.importFile('agents', 'a', agentJson({ name: 'crew-lt-1', serial: 'UNK00007', macs: [ours] }));
    const file = netinventory([
      ...ports(['Gi1/0/7', rogue], ['Gi1/0/8', ours], ['Gi1/0/9', 'a4:bb:6d:00:0a:03', { trunk: 1 }]),
      ...ports(['Gi1/0/10', '02:42:ac:11:00:02'], ['Gi1/0/11', '00:50:56:00:00:01'], ['Gi1/0/12', '3a:00:00:00:00:01']),
      { ifname: 'Gi1/0/13', ifnumber: 13, connections: [{ mac: ['a4:bb:6d:00:0a:04', 'a4:bb:6d:00:0a:05'] }] },
    ]);
    await rig.importFile('net', 'n', file);
    expect(await rows('open')).toMatchObject([
      {
        key: { type: 'mac', value: rogue },
        seenAt: [{ source: 'net', device: 'sw-arn-1', port: 'GigabitEthernet1/0/7' }],
        firstSeenAt: '2026-11-20T06:00:00.000Z',
      },
    ]);
    expect(await relay()).toEqual([['UnknownDeviceDetected', 'first-seen']]);
  });
  it('is seen again when nothing else is new, and known as soon as an agent tells of it', async () => {
    const { rig, rows, relay } = world();
    await rig.importFile('net', 'a', netinventory(ports(['Gi1/0/7', rogue])));
    const again = netinventory(ports(['Gi1/0/7', rogue]), '2026-11-25 06:00:00');
    expect((await rig.importFile('net', 'b', again)).run.counts).toMatchObject({ unchanged: 1 });
    expect(await rows()).toMatchObject([{ lastSeenAt: '2026-11-25T00:00:00.000Z' }]);
    await relay();
    await rig.importFile('agents', 'c', agentJson({ name: 'crew-lt-1', serial: 'UNK00007', macs: [rogue] }));
    expect((await relay()).map(([type]) => type)).toEqual(['UnknownDeviceRecognised']);
    expect(await rows('open')).toEqual([]);
  });
  it('is told of by LLDP with the name that it gives itself', async () => {
    const { rig, rows } = world();
    const heard = { sysname: 'ap-77', sysmac: rogue, ifdescr: 'eth0' };
    await rig.importFile('net', 'a', netinventory([{ ifname: 'Gi1/0/7', lldp: true, connections: [heard] }]));
    expect(await rows()).toMatchObject([
      { key: { type: 'mac', value: rogue }, name: 'ap-77', seenAt: [{ device: 'sw-arn-1' }] },
    ]);
  });
});

describe('a row', () => {
  it('is not closed by a name alone: anybody may call himself that', async () => {
    const { rig, scan, rows, relay } = world();
    await scan([
      host({ nativeKey: 'a', identifiers: [named('crew-lt-1'), at('10.66.0.1')] }),
      host({ nativeKey: 'b', identifiers: [named('crew-lt-1')] }),
    ]);
    await rig.importFile('agents', 'a', crewLaptop);
    await relay();
    expect(await rows('open')).toHaveLength(1);
    await scan([host({ nativeKey: 'b', identifiers: [named('crew-lt-1')], ...on('2026-11-22') })]);
    expect(await rows('open')).toMatchObject([{ lastSeenAt: '2026-11-22T00:00:00.000Z' }]);
    await scan([host({ nativeKey: 'b', identifiers: [named('crew-lt-1'), at('10.20.1.50')], ...on('2026-11-23') })]);
    expect(await rows('known')).toHaveLength(1);
  });
  it('closes by itself when an agent is installed, with a pointer', async () => {
    const { rig, scan, rows, relay } = world();
    await scan([host()]);
    await relay();
    await rig.importFile('agents', 'a', agentJson({ name: 'espresso', serial: 'UNK00001', macs: [mac] }));
    expect((await relay()).map(([type]) => type)).toEqual(['UnknownDeviceRecognised']);
    const [row] = await rows('known');
    expect([row.assetId, row.ciId].every(Boolean)).toBe(true);
    await scan([host(on('2026-11-25'))]);
    expect(await rows('open')).toEqual([]);
  });
  it('closes when somebody enters an asset with its MAC, or a CI with its name and address comes', async () => {
    const { rig, scan, rows, relay, call } = world();
    await scan([host(), host({ nativeKey: 'n', identifiers: [named('kiosk-9'), at('10.20.1.9')] })]);
    await relay();
    await call('createAsset', { body: { name: 'coffee machine', macs: [mac] } });
    await relay();
    expect(await rows('known')).toHaveLength(1);
    await rig.importFile(
      'agents',
      'a',
      agentJson({ name: 'kiosk-9', serial: 'UNK00002', macs: ['a4:bb:6d:00:09:03'], ips: ['10.20.1.9'] }),
    );
    await relay();
    expect(await rows('known')).toHaveLength(2);
    expect(await rows('open')).toEqual([]);
  });
});
