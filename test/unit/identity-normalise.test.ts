import { describe, expect, it } from '@jest/globals';
import type { RawIdentifier } from '../../domain/discovery/record.ts';
import type { IdentifierType } from '../../domain/identity/identifier.ts';
import { normaliseIdentifiers } from '../../domain/identity/normalise.ts';
import { canonicalUuid, uuidFromSerial } from '../../domain/identity/uuid.ts';
import { canonicalVendor } from '../../domain/identity/vendors.ts';

type Nature = 'physical' | 'virtual' | 'logical' | 'unknown';

const all = (identifiers: RawIdentifier[], nature: Nature = 'physical', container = false) =>
  normaliseIdentifiers({ identifiers, nature, container }, 'skyways-agents');

const one = (type: IdentifierType, value: string, nature: Nature = 'physical', qualifier?: string) =>
  all([{ type, value, ...(qualifier === undefined ? {} : { qualifier }) }], nature)[0];

describe('vendors', () => {
  it.each([
    ['ASUSTeK COMPUTER INC.', 'asus'],
    ['ASUS', 'asus'],
    ['HP', 'hp'],
    ['HPE', 'hp'],
    ['Hewlett-Packard', 'hp'],
    ['Hewlett Packard Enterprise', 'hp'],
    ['Gigabyte Technology Co., Ltd.', 'gigabyte'],
    ['GIGABYTE', 'gigabyte'],
    ['Dell Inc.', 'dell'],
    ['Dell Computer Corporation', 'dell'],
    ['LENOVO', 'lenovo'],
    ['Cisco Systems, Inc.', 'cisco'],
    ['Super Micro Computer, Inc.', 'supermicro'],
    ['Supermicro', 'supermicro'],
    ['innotek GmbH', 'oracle'],
    ['Micro-Star International Co., Ltd.', 'msi'],
    ['  Skyforge   Avionics GmbH & Co. KG ', 'skyforge-avionics'],
    ['Müller Electronics AG', 'müller'],
    ['Inc', 'inc'],
  ])('reads %j as %s', (name, vendor) => {
    expect(canonicalVendor(name)).toBe(vendor);
  });

  it.each([
    undefined,
    '',
    '0',
    'System manufacturer',
    'To Be Filled By O.E.M.',
    'Default string',
    'O.E.M.',
    'n/a',
    '0x1af4',
    'xxxx',
    'Other Inc.',
  ])('knows no vendor in %j', (name) => {
    expect(canonicalVendor(name)).toBeUndefined();
  });
});

describe('serials', () => {
  it.each([
    ['  7kq2zx3 ', '7KQ2ZX3'],
    ['ＡＢ１２３４', 'AB1234'],
    ['AB\u200b12\u202e34\u0000', 'AB1234'],
    ['R9 \t 00A1', 'R9 00A1'],
    ['/7KQ2ZX3/CE129500000001/', '/7KQ2ZX3/CE129500000001/'],
    ['VMware-56 4d 11 22', 'VMWARE-56 4D 11 22'],
    ['5E10A', '5E10A'],
    ['1234ABCD', '1234ABCD'],
    ['13345678', '13345678'],
  ])('keeps %j as %s', (raw, value) => {
    expect(one('serial', raw)).toMatchObject({ type: 'serial', value, strength: 'strong' });
  });

  it.each([
    '0',
    'AB1',
    'NA',
    'Not Specified',
    ' default   STRING ',
    'To be filled by O.E.M. (x)',
    'System Serial Number',
    '00000000',
    'XXXXXXXXXX',
    '.........',
    '0000-0000-0000',
    '0123456789',
    '1234567',
    'SN-1234567890',
    'SYS-9876543210',
    '(null string)',
    'No Asset Tag',
    'release-keys',
    '6.37702E+15',
    '6,4E15',
    '6E+15',
  ])('rejects %j with a reason', (raw) => {
    const identifier = one('serial', raw);
    expect(identifier?.strength).toBe('rejected');
    expect(identifier?.reason).toMatch(/\w{4}/);
  });

  it('carries the vendor, and none for a junk manufacturer', () => {
    expect(one('serial', '7KQ2ZX3', 'physical', 'Dell Inc.')?.qualifier).toBe('dell');
    expect(one('serial', '7KQ2ZX3', 'physical', 'System manufacturer')).not.toHaveProperty('qualifier');
  });

  it('holds board and chassis serials to be medium', () => {
    expect(one('boardSerial', 'bx-77-1', 'physical', 'ASUS')).toMatchObject({
      value: 'BX-77-1',
      strength: 'medium',
      qualifier: 'asus',
    });
    expect(one('chassisSerial', 'Chassis Serial Number')?.strength).toBe('rejected');
  });

  it('drops empty values and says what a source wrote only where it differs', () => {
    expect(all([{ type: 'serial', value: ' \u200b ' }])).toEqual([]);
    expect(one('serial', '7KQ2ZX3')).not.toHaveProperty('raw');
    expect(one('serial', ' 7kq2zx3')?.raw).toBe(' 7kq2zx3');
  });
});

describe('UUIDs', () => {
  const wire = '2c4f7a10-9b3d-4e21-8a5c-0d1e2f3a4b5c';
  const swapped = '107a4f2c-3d9b-214e-8a5c-0d1e2f3a4b5c';

  it('is the same for both byte orders and every notation', () => {
    const canonical = '107a4f2c3d9b214e8a5c0d1e2f3a4b5c';
    for (const text of [wire, swapped, wire.toUpperCase(), `{${swapped}}`, `urn:uuid:${wire}`, canonical]) {
      expect(one('uuid', text)).toMatchObject({ value: canonical, strength: 'strong' });
    }
    expect(canonicalUuid('2c4f7a10-9b3d-4e21-8a5c-0d1e2f3a4b5d')).not.toBe(canonical);
  });

  it.each([
    '00000000-0000-0000-0000-000000000000',
    'FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF',
    '03000200-0400-0500-0006-000700080009',
    '00020003-0004-0005-0006-000700080009',
    '01010101-0101-0101-0101-010101010101',
    'deadbeef-dead-beef-dead-beefdeadbeef',
    '03020100-0504-0706-0809-0a0b0c0d0e0f',
    'Not Settable',
    '-8',
    '1f2e3d4c5b6a7988',
  ])('rejects %s', (raw) => {
    expect(one('uuid', raw)?.strength).toBe('rejected');
  });

  it.each([
    '00000000-0000-0000-0000-ac1f6b001122',
    '00000000-0000-1000-8000-0017f2001122',
    'f090000-0000-1000-8000-0017f2001199',
  ])('keeps %s: its tail is unique', (raw) => {
    expect(one('uuid', raw)?.strength).toBe('strong');
  });

  it('takes the Gigabyte family for weak, whatever the byte order', () => {
    expect(one('uuid', '03d40274-0435-0512-3456-780700080009')?.strength).toBe('weak');
    expect(one('uuid', '7402d403-3504-1205-3456-780700080009')?.strength).toBe('weak');
  });

  it('reads the UUID that a virtual serial spells out, unless the record names one', () => {
    const serial = 'VMware-2c 4f 7a 10 9b 3d 4e 21-8a 5c 0d 1e 2f 3a 4b 5c';
    expect(uuidFromSerial(serial)).toBe(canonicalUuid(wire));
    expect(uuidFromSerial(`VirtualBox-${wire}`)).toBe(canonicalUuid(wire));
    expect(uuidFromSerial('7KQ2ZX3')).toBeUndefined();
    expect(all([{ type: 'serial', value: serial }], 'virtual').map(({ type }) => type)).toEqual(['serial', 'uuid']);
    const other = { type: 'uuid', value: '9c4f7a10-9b3d-4e21-8a5c-0d1e2f3a4b5c' } as const;
    expect(
      all([{ type: 'serial', value: serial }, other], 'virtual').filter(({ type }) => type === 'uuid'),
    ).toHaveLength(1);
  });

  it('rejects what a container reports of its host', () => {
    const raw: RawIdentifier[] = [
      { type: 'uuid', value: wire },
      { type: 'serial', value: '7KQ2ZX3' },
      { type: 'fqdn', value: 'crew.skyways.example' },
    ];
    expect(all(raw, 'virtual', true).map(({ type, strength }) => [type, strength])).toEqual([
      ['fqdn', 'medium'],
      ['serial', 'rejected'],
      ['uuid', 'rejected'],
    ]);
    const pod = { identifiers: raw, nature: 'logical', ciClass: 'container-workload' } as const;
    expect(normaliseIdentifiers(pod, 'k8s').find(({ type }) => type === 'uuid')?.strength).toBe('rejected');
    expect(all(raw).every(({ strength }) => strength !== 'rejected')).toBe(true);
  });
});

describe('MACs', () => {
  it.each([
    'A4:BF:01:23:45:67',
    'a4-bf-01-23-45-67',
    'a4bf.0123.4567',
    'A4BF01234567',
    'a4:bf:1:23:45:67',
    'a4:bf:01:23:45:67:00:00',
    '0xa4bf01234567',
  ])('reads %s', (raw) => {
    const identifier = one('mac', raw);
    expect(identifier).toMatchObject({ value: 'a4:bf:01:23:45:67', strength: 'medium' });
    expect(identifier).not.toHaveProperty('scope');
  });

  it.each([
    '00:00:00:00:00:00',
    'ff:ff:ff:ff:ff:ff',
    '61:0a:1b:2c:3d:4e',
    '00:1a:7d:da:71:0a',
    '11:11:11:11:11:11',
    'a4:bf:01',
    'eth0',
  ])('rejects %s', (raw) => {
    expect(one('mac', raw)?.strength).toBe('rejected');
  });

  it.each([
    ['ae:0a:1b:2c:3d:4e', 'physical', 'weak', 'skyways-agents'],
    ['ae:0a:1b:2c:3d:4e', 'virtual', 'medium', 'skyways-agents'],
    ['52:54:00:12:34:56', 'virtual', 'medium', 'skyways-agents'],
    ['02:42:ac:11:00:02', 'virtual', 'weak', 'skyways-agents'],
    ['00:50:56:9a:12:34', 'virtual', 'medium', undefined],
    ['00:50:56:9a:12:34', 'unknown', 'medium', undefined],
    ['00:50:56:9a:12:34', 'physical', 'weak', 'skyways-agents'],
    ['00:e0:4c:68:01:02', 'physical', 'weak', 'skyways-agents'],
    ['00:50:b6:68:01:02', 'virtual', 'weak', 'skyways-agents'],
    ['00:ff:aa:68:01:02', 'physical', 'weak', 'skyways-agents'],
  ] as const)('trusts %s of a %s thing as %s', (raw, nature, strength, scope) => {
    expect({ scope: undefined, ...one('mac', raw, nature) }).toMatchObject({ strength, scope });
  });
});

describe('other identifiers', () => {
  it.each([
    ['cloudId', ' ARN:aws:ec2:eu-west-1:1:instance/i-0A1 ', 'arn:aws:ec2:eu-west-1:1:instance/i-0a1', 'strong'],
    ['cloudId', 'null', 'null', 'rejected'],
    ['k8sUid', '5F1C-01', '5f1c-01', 'strong'],
    ['imei', '35-209900-176148-1', '352099001761481', 'strong'],
    ['imei', '3.52099E+14', '3.52099E+14', 'rejected'],
    ['imei', '000000000000000', '000000000000000', 'rejected'],
    ['udid', '00008020-001C2D223C38002E', '00008020-001c2d223c38002e', 'strong'],
    ['assetTag', 'sky-00017', 'SKY-00017', 'strong'],
    ['assetTag', '1111', '1111', 'strong'],
    ['assetTag', 'Asset-1234567890', 'ASSET-1234567890', 'rejected'],
    ['assetTag', 'No Asset Information', 'NO ASSET INFORMATION', 'rejected'],
    ['assetTag', '0000000000', '0000000000', 'rejected'],
    ['assetTag', '<BAD INDEX>', '<BAD INDEX>', 'rejected'],
    ['machineId', '0F1E2D3C4B5A69788796A5B4C3D2E1F0', '0f1e2d3c4b5a69788796a5b4c3d2e1f0', 'medium'],
    ['machineId', 'uninitialized', 'uninitialized', 'rejected'],
    ['fqdn', 'Gate-07.Skyways.Example.', 'gate-07.skyways.example', 'medium'],
    ['fqdn', 'gate-07', 'gate-07', 'rejected'],
    ['fqdn', 'localhost.localdomain', 'localhost.localdomain', 'rejected'],
    ['fqdn', '10.0.0.1', '10.0.0.1', 'rejected'],
    ['fqdn', 'macbook.local', 'macbook.local', 'weak'],
    ['fqdn', 'gate-07.corp.local', 'gate-07.corp.local', 'medium'],
    ['hostname', 'GATE-07', 'gate-07', 'weak'],
    ['hostname', 'localhost', 'localhost', 'rejected'],
    ['hostname', 'raspberrypi', 'raspberrypi', 'rejected'],
    ['ip', '10.20.0.7/24', '10.20.0.7', 'weak'],
    ['ip', 'FD00::7%eth0', 'fd00::7', 'weak'],
    ['ip', '127.0.0.1', '127.0.0.1', 'rejected'],
    ['ip', 'fe80::1', 'fe80::1', 'rejected'],
    ['ip', '10.20.0.700', '10.20.0.700', 'rejected'],
  ] as const)('%s %j is %j and %s', (type, raw, value, strength) => {
    expect(one(type, raw)).toMatchObject({ type, value, strength });
  });

  it('scopes a hostname and an IP by feed, a domain name by nothing', () => {
    expect(one('hostname', 'gate-07')?.scope).toBe('skyways-agents');
    expect(one('ip', '10.20.0.7')?.scope).toBe('skyways-agents');
    expect(one('fqdn', 'gate-07.skyways.example')).not.toHaveProperty('scope');
  });

  it('qualifies an asset tag by company', () => {
    expect(one('assetTag', 'SKY-00017', 'physical', 'Skyways Cargo, Ltd.')?.qualifier).toBe('skyways-cargo-ltd');
  });

  it('keeps the body of a host key, cut when long', () => {
    const short = `AAAAC3NzaC1lZDI1NTE5AAAAI${'q'.repeat(43)}`;
    expect(one('sshHostKey', `ssh-ed25519 ${short} root@gate-07`)).toMatchObject({ value: short, strength: 'medium' });
    expect(one('sshHostKey', short)?.value).toBe(short);
    const long = `AAAAB3NzaC1yc2E${'k'.repeat(400)}==`;
    expect(one('sshHostKey', `ssh-rsa ${long}`)?.value).toBe(long.slice(-200));
    expect(one('sshHostKey', 'ssh-rsa')?.strength).toBe('rejected');
  });

  it('rejects what is too long to be claimed', () => {
    const identifier = one('cloudId', `/subscriptions/${'a'.repeat(400)}`);
    expect(identifier).toMatchObject({ strength: 'rejected', reason: 'longer than 300 characters' });
    expect(identifier?.value).toHaveLength(300);
  });

  it('keeps one of each, with the qualifier if either has one, in an order of its own', () => {
    const raw: RawIdentifier[] = [
      { type: 'serial', value: '7KQ2ZX3' },
      { type: 'ip', value: '10.20.0.7' },
      { type: 'serial', value: '7kq2zx3', qualifier: 'Dell' },
    ];
    expect(all(raw)).toEqual(all(raw.toReversed()));
    expect(all(raw).filter(({ type }) => type === 'serial')).toMatchObject([{ value: '7KQ2ZX3', qualifier: 'dell' }]);
  });
});
