import { describe, expect, it } from '@jest/globals';
import { normaliseIdentifiers } from '../../domain/identity/normalise.ts';
import { fixture, gathered, parse, reasonsIn, recordOf, recordsIn, valuesOf } from '../support/host-facts.ts';

const ansible = (facts: object) => recordOf({ ansible_facts: gathered(facts) });
describe('Ansible facts of several hosts by inventory name', () => {
  it('lands the good ones beside faults that name host and reason', async () => {
    const parsed = await parse(fixture('apron-inventory'));
    expect(recordsIn(parsed).map(({ nativeKey, recordIndex }) => [nativeKey, recordIndex])).toEqual([
      ['host:apron-db1', 0],
      ['host:apron-ct3', 2],
    ]);
    expect(reasonsIn(parsed)).toEqual([
      'apron-db2 gave no facts: it was unreachable. Failed to connect to the host via ssh: Connection timed out',
      'apron-db4 gave no facts: none are stored for it.',
    ]);
    expect(parsed[1]).toMatchObject({ fault: { recordIndex: 1, errors: [{ pointer: '/apron-db2' }] } });
  });

  it('makes a hypervisor a server with an asset, named by hardware only', async () => {
    const [host] = recordsIn(await parse(fixture('apron-inventory')));
    expect(host).toMatchObject({
      nature: 'physical',
      ciClass: 'server',
      assetKind: 'hardware',
      sections: {
        bios: { serial: '9SKY0W1', assetTag: 'SKY-009001' },
        network: { ipAddresses: ['10.40.0.11', '10.50.0.11'], primaryMac: 'b0:7b:25:00:00:01' },
      },
    });
    if (host === undefined) return;
    expect(host.sections.hardware).toEqual({ chassisType: 'Rack Mount Chassis', memoryMb: 257_420 });
    expect(valuesOf(host, 'mac')).toEqual(['b0:7b:25:00:00:01', 'b0:7b:25:00:00:02']);
    expect(valuesOf(host, 'fqdn')).toEqual([]);
    expect(host.identifiers).toEqual(
      expect.arrayContaining([
        { type: 'serial', value: '9SKY0W1', qualifier: 'Dell Inc.' },
        { type: 'boardSerial', value: '/9SKY0W1/CNSKY0000001/', qualifier: 'Dell Inc.' },
        { type: 'chassisSerial', value: '9SKY0W1', qualifier: 'Dell Inc.' },
        { type: 'assetTag', value: 'SKY-009001' },
      ]),
    );
    const shown = host.details?.interfaces?.map((row) => (row as { description: string }).description);
    expect(shown).toEqual(['bond0', 'bond0.40', 'br0', 'eno1', 'eno2', 'virbr0']);
  });

  it('gives a container nothing of the machine that it runs on', async () => {
    const container = recordsIn(await parse(fixture('apron-inventory')))[1];
    expect(container).toMatchObject({ container: true, nature: 'virtual', ciClass: 'virtual-machine' });
    expect(container).not.toHaveProperty('assetKind');
    expect(container?.sections).not.toHaveProperty('bios');
    const names = container === undefined ? [] : normaliseIdentifiers(container, 'feed');
    expect(names.filter(({ strength }) => strength === 'strong' || strength === 'medium')).toEqual([]);
  });
});
describe('what a host is', () => {
  it.each([
    [{ ansible_form_factor: 'Notebook' }, 'computer', 'physical', false],
    [{ ansible_form_factor: 'Main Server Chassis' }, 'server', 'physical', false],
    [{ ansible_product_name: 'ProLiant DL380 Gen10' }, 'server', 'physical', false],
    [{ ansible_distribution: 'Microsoft Windows Server 2022 Standard' }, 'server', 'physical', false],
    [{ ansible_os_product_type: 'workstation' }, 'computer', 'physical', false],
    [{ ansible_distribution: 'AIX' }, 'server', 'physical', false],
    [{ ansible_virtualization_role: 'host', ansible_virtualization_type: 'docker' }, 'computer', 'physical', false],
    [
      { ansible_virtualization_role: 'NA', ansible_product_name: 'VMware Virtual Platform' },
      'virtual-machine',
      'virtual',
      false,
    ],
    [
      { ansible_virtualization_role: 'guest', ansible_virtualization_type: 'VMware' },
      'virtual-machine',
      'virtual',
      false,
    ],
    [{ ansible_virtualization_role: 'guest', ansible_virtualization_type: 'NA' }, 'virtual-machine', 'virtual', false],
    ...['lxc', 'docker', 'openvz', 'systemd-nspawn', 'podman', 'wsl', 'containerd', 'crio'].map(
      (type) =>
        [
          { ansible_virtualization_role: 'guest', ansible_virtualization_type: type },
          'virtual-machine',
          'virtual',
          true,
        ] as const,
    ),
  ])('%j is a %s', async (facts, ciClass, nature, container) => {
    const record = await ansible(facts);
    expect([record.ciClass, record.nature, record.container ?? false]).toEqual([ciClass, nature, container]);
    expect(record.assetKind).toBe(nature === 'physical' ? 'hardware' : undefined);
  });

  it.each([
    [{ virtual: 'physical', is_virtual: 'false' }, 'physical'],
    [{ virtual: 'xen0', is_virtual: true }, 'physical'],
    [{ virtual: 'openvzhn' }, 'physical'],
    [{ virtual: 'kvm', is_virtual: 'true' }, 'virtual'],
    [{ virtual: 'vmware' }, 'virtual'],
  ])('reads %j of facter as %s', async (facts, nature) => {
    expect((await recordOf({ facterversion: '2.4.6', fqdn: 'ops1.skyways.example', ...facts })).nature).toBe(nature);
  });

  it.each([
    [{ virtual: 'physical' }, 'physical', undefined],
    [{ virtual: 'xen', virtual_subtype: 'Xen Dom0' }, 'physical', undefined],
    [{ virtual: 'physical', virtual_subtype: 'Docker' }, 'virtual', true],
    [{ virtual: 'container', virtual_subtype: 'LXC' }, 'virtual', true],
    [{ virtual: 'VirtualBox' }, 'virtual', undefined],
  ])('reads %j of Salt as %s', async (facts, nature, container) => {
    expect(await recordOf({ saltversion: '3006', id: 'ops1', ...facts })).toMatchObject({
      nature,
      ...(container ? { container } : {}),
    });
  });
});
