import { describe, expect, it } from '@jest/globals';
import {
  formatOf,
  gathered,
  parse,
  problemOf,
  reasonsIn,
  recordOf,
  recordsIn,
  valuesOf,
} from '../support/host-facts.ts';

const ansible = (name: string) => gathered({}, name);
const named = async (content: unknown, format: string) => {
  expect(formatOf(content)).toBe(format);
  return recordsIn(await parse(content)).map(({ name, nativeKey }) => [name, nativeKey]);
};
const gates = [
  ['gate-1', 'host:gate-1'],
  ['gate-2', 'host:gate-2'],
];
describe('shapes of Ansible', () => {
  it.each([
    ['setup', { ansible_facts: ansible('gate-1'), changed: false }],
    ['a fact cache', ansible('gate-1')],
    [
      'a fact cache without prefix',
      { hostname: 'gate-1', distribution: 'Debian', all_ipv4_addresses: [], module_setup: true },
    ],
    ['facts of a play without prefix', { ansible_facts: { hostname: 'gate-1', distribution: 'Debian' } }],
  ])('reads %s, which names no host', async (_what, content) => {
    expect(await named(content, 'ansible-facts')).toEqual([['gate-1', 'name:gate-1']]);
  });

  it.each([
    ['a map of hosts', { 'gate-1': { ansible_facts: ansible('gate-1') }, 'gate-2': ansible('gate-2') }],
    [
      'an inventory',
      { _meta: { hostvars: { 'gate-1': ansible('gate-1'), 'gate-2': ansible('gate-2') } }, all: { children: [] } },
    ],
    [
      'the JSON callback',
      {
        plays: [
          {
            tasks: [
              {
                hosts: {
                  'gate-1': { ansible_facts: ansible('gate-1') },
                  'gate-2': { ansible_facts: ansible('gate-2') },
                },
              },
              {
                hosts: {
                  'gate-1': { ansible_facts: { packages: { crew: [{ name: 'crew', version: '1' }] } } },
                  'gate-2': { changed: true },
                },
              },
            ],
          },
        ],
        stats: {},
      },
    ],
    [
      'what ansible prints',
      `gate-1 | SUCCESS => {"ansible_facts":${JSON.stringify(ansible('gate-1'))}}\ngate-2 | SUCCESS => ${JSON.stringify({ ansible_facts: ansible('gate-2') }, null, 4)}\n`,
    ],
    [
      'a list of answers',
      [
        { name: 'gate-1', ansible_facts: ansible('gate-1') },
        { name: 'gate-2', ansible_facts: ansible('gate-2') },
      ],
    ],
  ])('reads %s with the names that it gives', async (_what, content) => {
    expect(await named(content, 'ansible-facts')).toEqual(gates);
  });

  it('tells of hosts that failed, whatever prints them, and never repeats their output', async () => {
    const failed = { failed: true, msg: 'Timeout', module_stdout: 'PASSWORD=secret' };
    const printed = `gate-1 | SUCCESS => ${JSON.stringify({ ansible_facts: ansible('gate-1') })}\ngate-2 | UNREACHABLE! => {"unreachable": true, "msg": "No route"}\ngate-3 | FAILED! => ${JSON.stringify(failed)}`;
    expect(reasonsIn(await parse(printed, undefined, 7))).toEqual([
      'gate-2 gave no facts: it was unreachable. No route',
      'gate-3 gave no facts: the task failed on it. Timeout',
    ]);
  });

  it('is no record when the only host was unreachable', async () => {
    const lost = { unreachable: true, msg: 'Connection refused', changed: false };
    expect(formatOf(lost)).toBe('ansible-facts');
    expect(await problemOf(lost, 'ansible-facts')).toMatchObject({
      code: 'no-usable-record',
      detail: expect.stringContaining('Connection refused'),
    });
  });

  it('is partial with only the sections that a subset gathered', async () => {
    const some = {
      ...ansible('gate-1'),
      ansible_product_uuid: '11223344-5566-7788-99aa-bbccddeeff22',
      ansible_memtotal_mb: 4096,
    };
    const whole = await recordOf({ ansible_facts: { ...some, gather_subset: ['all'] } });
    const subset = await recordOf({ ansible_facts: { ...some, gather_subset: ['!all', 'network'] } });
    const { ansible_interfaces: _none, ...least } = ansible('gate-1');
    const minimal = await recordOf({ ansible_facts: { ...least, gather_subset: ['min'] } });
    expect([whole.partial, subset.partial, minimal.partial]).toEqual([false, true, true]);
    expect(Object.keys(minimal.sections)).toEqual(['os']);
    expect(minimal.details).toEqual({});
  });

  it('reads Windows: cards by description, addresses apart, no SID as machine id', async () => {
    const record = await recordOf({
      ansible_facts: {
        ansible_hostname: 'GATE-PC4',
        ansible_distribution: 'Microsoft Windows 11 Pro',
        ansible_machine_id: 'S-1-5-21-1-2-3',
        ansible_interfaces: [
          {
            connection_name: 'Ethernet',
            interface_name: 'Berge Gigabit',
            macaddress: 'A4:BB:6D:00:00:04',
            default_gateway: '10.9.0.1',
          },
          {
            connection_name: 'vEthernet (Default Switch)',
            interface_name: 'Hyper-V Virtual Ethernet Adapter',
            macaddress: '00:15:5D:00:00:04',
          },
        ],
        ansible_ip_addresses: ['10.9.0.4', 'fe80::4'],
        ansible_date_time: { epoch: '1772432100.0666' },
      },
    });
    expect(record).toMatchObject({
      ciClass: 'computer',
      observedAt: '2026-03-02T06:15:00.066Z',
      sections: { network: { ipAddresses: ['10.9.0.4'], defaultGateway: '10.9.0.1' } },
    });
    expect(valuesOf(record, 'mac')).toEqual(['a4:bb:6d:00:00:04']);
    expect(record.details?.interfaces).toHaveLength(2);
  });
});
