import { describe, expect, it } from '@jest/globals';
import type { RawIdentifier } from '../../domain/discovery/record.ts';
import { normaliseIdentifiers } from '../../domain/identity/normalise.ts';
import { canonicalUuid, uuidFromSerial } from '../../domain/identity/uuid.ts';
import { canonicalVendor } from '../../domain/identity/vendors.ts';
import { normaliseAll, normaliseOne } from '../support/identity-cases.ts';

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
    expect(normaliseOne('serial', raw)).toMatchObject({ type: 'serial', value, strength: 'strong' });
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
    const identifier = normaliseOne('serial', raw);
    expect(identifier?.strength).toBe('rejected');
    expect(identifier?.reason).toMatch(/\w{4}/);
  });

  it('carries the vendor, and none for a junk manufacturer', () => {
    expect(normaliseOne('serial', '7KQ2ZX3', 'physical', 'Dell Inc.')?.qualifier).toBe('dell');
    expect(normaliseOne('serial', '7KQ2ZX3', 'physical', 'System manufacturer')).not.toHaveProperty('qualifier');
  });

  it('holds board and chassis serials to be medium', () => {
    expect(normaliseOne('boardSerial', 'bx-77-1', 'physical', 'ASUS')).toMatchObject({
      value: 'BX-77-1',
      strength: 'medium',
      qualifier: 'asus',
    });
    expect(normaliseOne('chassisSerial', 'Chassis Serial Number')?.strength).toBe('rejected');
  });

  it('drops empty values and says what a source wrote only where it differs', () => {
    expect(normaliseAll([{ type: 'serial', value: ' \u200b ' }])).toEqual([]);
    expect(normaliseOne('serial', '7KQ2ZX3')).not.toHaveProperty('raw');
    expect(normaliseOne('serial', ' 7kq2zx3')?.raw).toBe(' 7kq2zx3');
  });
});

describe('UUIDs', () => {
  const wire = '2c4f7a10-9b3d-4e21-8a5c-0d1e2f3a4b5c';
  const swapped = '107a4f2c-3d9b-214e-8a5c-0d1e2f3a4b5c';

  it('is the same for both byte orders and every notation', () => {
    const canonical = '107a4f2c3d9b214e8a5c0d1e2f3a4b5c';
    for (const text of [wire, swapped, wire.toUpperCase(), `{${swapped}}`, `urn:uuid:${wire}`, canonical]) {
      expect(normaliseOne('uuid', text)).toMatchObject({ value: canonical, strength: 'strong' });
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
    expect(normaliseOne('uuid', raw)?.strength).toBe('rejected');
  });

  it.each([
    '00000000-0000-0000-0000-ac1f6b001122',
    '00000000-0000-1000-8000-0017f2001122',
    'f090000-0000-1000-8000-0017f2001199',
  ])('keeps %s: its tail is unique', (raw) => {
    expect(normaliseOne('uuid', raw)?.strength).toBe('strong');
  });

  it('takes the Gigabyte family for weak, whatever the byte order', () => {
    expect(normaliseOne('uuid', '03d40274-0435-0512-3456-780700080009')?.strength).toBe('weak');
    expect(normaliseOne('uuid', '7402d403-3504-1205-3456-780700080009')?.strength).toBe('weak');
  });

  it('reads the UUID that a virtual serial spells out, unless the record names one', () => {
    const serial = 'VMware-2c 4f 7a 10 9b 3d 4e 21-8a 5c 0d 1e 2f 3a 4b 5c';
    expect(uuidFromSerial(serial)).toBe(canonicalUuid(wire));
    expect(uuidFromSerial(`VirtualBox-${wire}`)).toBe(canonicalUuid(wire));
    expect(uuidFromSerial('7KQ2ZX3')).toBeUndefined();
    expect(normaliseAll([{ type: 'serial', value: serial }], 'virtual').map(({ type }) => type)).toEqual([
      'serial',
      'uuid',
    ]);
    const other = { type: 'uuid', value: '9c4f7a10-9b3d-4e21-8a5c-0d1e2f3a4b5c' } as const;
    expect(
      normaliseAll([{ type: 'serial', value: serial }, other], 'virtual').filter(({ type }) => type === 'uuid'),
    ).toHaveLength(1);
  });

  it('rejects what a container reports of its host', () => {
    const raw: RawIdentifier[] = [
      { type: 'uuid', value: wire },
      { type: 'serial', value: '7KQ2ZX3' },
      { type: 'fqdn', value: 'crew.skyways.example' },
    ];
    expect(normaliseAll(raw, 'virtual', true).map(({ type, strength }) => [type, strength])).toEqual([
      ['fqdn', 'medium'],
      ['serial', 'rejected'],
      ['uuid', 'rejected'],
    ]);
    const pod = { identifiers: raw, nature: 'logical', ciClass: 'container-workload' } as const;
    expect(normaliseIdentifiers(pod, 'k8s').find(({ type }) => type === 'uuid')?.strength).toBe('rejected');
    expect(normaliseAll(raw).every(({ strength }) => strength !== 'rejected')).toBe(true);
  });
});
