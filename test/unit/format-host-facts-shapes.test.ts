import { describe, expect, it } from '@jest/globals';
import { fixture, formatOf, parse, reasonsIn, recordOf, recordsIn } from '../support/host-facts.ts';

const facter = (name: string) => ({ hostname: name, facterversion: '4.10.0', kernelmajversion: '6.1' });
const grains = (name: string) => ({ host: name, id: `${name}.skyways.example`, saltversion: '3006.7', os: 'Debian' });
const ohai = (name: string) => ({ hostname: name, chef_packages: {}, platform: 'debian', ohai_time: 1_772_431_500 });
const named = async (content: unknown, format: string) => {
  expect(formatOf(content)).toBe(format);
  return recordsIn(await parse(content)).map(({ name, nativeKey }) => [name, nativeKey]);
};
const gates = [
  ['gate-1', 'host:gate-1'],
  ['gate-2', 'host:gate-2'],
];
const gatesInFull = [
  ['gate-1', 'host:gate-1.skyways.example'],
  ['gate-2', 'host:gate-2.skyways.example'],
];
describe('shapes of facter and Puppet', () => {
  it.each([
    [
      'Foreman',
      { name: 'gate-1', certname: 'gate-1', facts: { ...facter('gate-1'), _timestamp: '2026-03-02 07:15:00 +0100' } },
    ],
    [
      'an inventory query',
      [
        {
          certname: 'gate-1',
          timestamp: '2026-03-02T06:15:00.000Z',
          environment: 'production',
          facts: facter('gate-1'),
        },
      ],
    ],
    [
      'a set of facts',
      [
        {
          certname: 'gate-1',
          producer_timestamp: '2026-03-02T06:15:00Z',
          facts: { href: '/x', data: Object.entries(facter('gate-1')).map(([name, value]) => ({ name, value })) },
        },
      ],
    ],
    ['puppet facts', { name: 'gate-1', values: facter('gate-1'), timestamp: '2026-03-02T06:15:00+00:00' }],
  ])('reads %s by certname, with its moment', async (_what, content) => {
    expect(await named(content, 'facter')).toEqual([gates[0]]);
    expect((await recordOf(content)).observedAt).toBe('2026-03-02T06:15:00.000Z');
  });

  it('prefers the certname to the name, and knows no moment where none is told', async () => {
    expect((await recordOf({ name: 'gate-9.lan', certname: 'gate-9.cert', facts: facter('gate-9') })).nativeKey).toBe(
      'host:gate-9.cert',
    );
    expect(await recordOf(facter('gate-9'))).not.toHaveProperty('observedAt');
  });

  it('reads facts that Foreman flattened as the same host', async () => {
    const flatten = (value: unknown, path: string): [string, unknown][] =>
      typeof value === 'object' && value !== null
        ? Object.entries(value).flatMap(([key, one]) => flatten(one, path === '' ? key : `${path}::${key}`))
        : [[path, value]];
    for (const dialect of ['facter', 'grains']) {
      const nested = JSON.parse(fixture(`crewplan02.${dialect}`));
      const flat = Object.fromEntries(flatten(nested, ''));
      const { line: _one, ...expected } = await recordOf({ name: 'crewplan02', facts: nested });
      expect(await recordOf({ name: 'crewplan02', facts: flat })).toMatchObject(expected);
    }
  });
});
describe('shapes of Salt', () => {
  it.each([
    [
      'several documents',
      `${JSON.stringify({ 'gate-1.skyways.example': grains('gate-1') }, null, 4)}\n${JSON.stringify({ 'gate-2.skyways.example': grains('gate-2') })}`,
    ],
    ['one document', { 'gate-1.skyways.example': grains('gate-1'), 'gate-2.skyways.example': grains('gate-2') }],
    [
      'the API',
      {
        return: [
          {
            'gate-1.skyways.example': grains('gate-1'),
            'gate-2.skyways.example': { ret: grains('gate-2'), retcode: 0, jid: '1' },
          },
        ],
      },
    ],
    ['salt-call on each', `${JSON.stringify({ local: grains('gate-1') })}${JSON.stringify(grains('gate-2'))}`],
  ])('reads %s by minion id', async (_what, content) => {
    expect(await named(content, 'salt-grains')).toEqual(gatesInFull);
  });

  it('tells of minions that did not answer', async () => {
    const text = `${JSON.stringify({ 'gate-1': grains('gate-1') })}\n{"gate-2": false}\n{"gate-3": "Minion did not return. [No response]"}`;
    const parsed = await parse(text);
    expect(recordsIn(parsed)).toHaveLength(1);
    expect(reasonsIn(parsed)).toEqual([
      'gate-2 gave no facts: it did not answer.',
      'gate-3 gave no facts: Minion did not return. [No response]',
    ]);
  });

  it('is partial when only some grains were asked', async () => {
    expect(await recordOf({ 'gate-1': { id: 'gate-1', osfinger: 'Debian-12', os: 'Debian' } })).toMatchObject({
      partial: true,
      nativeKey: 'host:gate-1',
    });
  });
});
describe('shapes of Chef', () => {
  const node = (name: string) => ({
    name,
    chef_environment: '_default',
    normal: { password: 'secret' },
    automatic: ohai(name),
  });
  it.each([
    ['knife node show', node('gate-1'), [gates[0]]],
    ['knife search', { results: 2, rows: [node('gate-1'), node('gate-2')] }, gates],
    ['ohai', ohai('gate-1'), [['gate-1', 'name:gate-1']]],
  ])('reads %s', async (_what, content, expected) => {
    expect(await named(content, 'ohai')).toEqual(expected);
    const [record] = recordsIn(await parse(content));
    expect(record?.observedAt).toBe('2026-03-02T06:05:00.000Z');
    expect(JSON.stringify(record)).not.toContain('secret');
  });

  it('reads the records of dmidecode where old versions have nothing else', async () => {
    const dmi = {
      system: { all_records: [{ 'Serial Number': 'SKYCHEF01', Manufacturer: 'Berge', 'Product Name': 'B-1' }] },
    };
    expect((await recordOf({ ...ohai('gate-1'), dmi })).nativeKey).toBe('serial:berge:skychef01');
  });
});
