import { describe, expect, it } from '@jest/globals';
import { normaliseIdentifiers } from '../../domain/identity/normalise.ts';
import { canonicalUuid } from '../../domain/identity/uuid.ts';
import { assetEntity } from '../../functions/assets/entity.ts';
import { ciEntity } from '../../functions/cis/entity.ts';
import { fixture, formatOf, recordOf } from '../support/host-facts.ts';
import { importRig } from '../support/import-rig.ts';
import { memoryTable } from '../support/memory-table.ts';

const dialects = [
  ['ansible', 'ansible-facts'],
  ['facter', 'facter'],
  ['ohai', 'ohai'],
  ['grains', 'salt-grains'],
] as const;

const guest = (dialect: string) => recordOf(fixture(`crewplan02.${dialect}`));
describe.each(dialects)('one guest as %s tells of it', (dialect, format) => {
  it('is recognised, with and without a byte order mark', () => {
    expect(formatOf(fixture(`crewplan02.${dialect}`))).toBe(format);
    expect(formatOf(`\uFEFF${fixture(`crewplan02.${dialect}`)}`)).toBe(format);
  });

  it('is a whole virtual machine without asset, with the facts that every tool agrees on', async () => {
    const record = await guest(dialect);
    expect(record).toMatchObject({
      half: 'discovery',
      action: 'upsert',
      partial: false,
      nature: 'virtual',
      ciClass: 'virtual-machine',
      name: 'crewplan02',
      warnings: [],
      sections: {
        bios: { manufacturer: 'Red Hat', model: 'KVM', biosVersion: '1.16.3-2' },
        hardware: { memoryMb: 7680, virtualisation: 'kvm', domain: 'skyways.example' },
        cpu: { name: 'Berge Xtra CPU E5' },
        os: { osName: 'RedHat', osVersion: '9.4', osArch: 'x86_64', kernelVersion: '5.14.0-427.el9.x86_64' },
        network: { ipAddresses: ['10.60.4.22'], primaryMac: '52:54:00:5c:0e:02' },
      },
    });
    expect(record).not.toHaveProperty('assetKind');
    expect(record).not.toHaveProperty('container');
    expect(Object.keys(record.sections.bios ?? {})).not.toContain('serial');
  });

  it('is named by the same identifiers, whatever the spelling', async () => {
    const usable = normaliseIdentifiers(await guest(dialect), 'feed').filter(({ strength }) => strength !== 'rejected');
    const told = Object.groupBy(usable, ({ type }) => type);
    const of = (type: keyof typeof told) => told[type]?.map(({ value }) => value);
    expect(of('uuid')).toEqual([canonicalUuid('5c0e1f7a-3b2d-4e68-9a41-c2d07be51902')]);
    expect(of('mac')).toEqual(['52:54:00:5c:0e:02']);
    expect(of('ip')).toEqual(['10.60.4.22']);
    expect(of('fqdn')).toEqual(['crewplan02.skyways.example']);
    expect(of('hostname')).toEqual(['crewplan02']);
    expect(of('serial')).toBeUndefined();
    expect(of('assetTag')).toBeUndefined();
    expect(of('sshHostKey')?.length).toBe(dialect === 'grains' ? undefined : 3);
    expect(of('machineId')).toEqual(dialect === 'facter' ? undefined : ['5c0e1f7a3b2d4e689a41c2d07be51902']);
  });

  it('leaves secrets, users and what changes by itself behind', async () => {
    const all = JSON.stringify(await guest(dialect));
    for (const word of ['secret', 'SSH_AUTH_SOCK', 'captain', 'Gate Root', 'borrowed', '86400', '812', 'abcd', '4711'])
      expect(all).not.toContain(word);
  });
});
it('has words in the fixtures that must not come through', () => {
  const all = dialects.map(([dialect]) => fixture(`crewplan02.${dialect}`)).join('');
  for (const word of ['secret', 'SSH_AUTH_SOCK', 'captain', 'Gate Root', 'borrowed', '86400', '812', 'abcd', '4711'])
    expect(all).toContain(word);
});
/** Imports texts one after the other, each from a source of its own; gives the CIs there are then and what was counted. */
const importAll = async (...texts: string[]) => {
  const table = memoryTable();
  const rig = importRig(table);
  const counts = { created: 0, linked: 0, other: 0 };
  for (const [index, text] of texts.entries()) {
    const { run } = await rig.importFile(`crew-${index}`, 'one.json', text);
    const { records, created, linked } = run.counts;
    counts.created += created;
    counts.linked += linked;
    counts.other += records - created - linked;
  }
  const stored = table.items().map(({ e }) => e);
  const count = (name: string) => stored.filter((one) => one === name).length;
  return { ...counts, cis: count(ciEntity.name), assets: count(assetEntity.name) };
};
describe('one guest seen by four tools', () => {
  it.each([
    ['ansible', 'facter', 'ohai', 'grains'],
    ['grains', 'ohai', 'facter', 'ansible'],
    ['facter', 'grains', 'ansible', 'ohai'],
  ])('is one CI without asset when they report as %s, %s, %s, %s', async (...order) => {
    const texts = order.map((dialect) => fixture(`crewplan02.${dialect}`));
    expect(await importAll(...texts)).toEqual({ created: 1, linked: 3, other: 0, cis: 1, assets: 0 });
  });

  it('is still one when a tool may not read the UUID, and two when it is another machine', async () => {
    const blind = fixture('crewplan02.ansible').replace(
      /"ansible_product_uuid": "[^"]+"/,
      '"ansible_product_uuid": "NA"',
    );
    const again = fixture('crewplan02.ohai');
    expect(blind).not.toBe(fixture('crewplan02.ansible'));
    expect(await importAll(blind, again)).toEqual({ created: 1, linked: 1, other: 0, cis: 1, assets: 0 });
    const other = again
      .replaceAll('5c0e1f7a', '77aa00bb')
      .replaceAll(/5c:0e:02/gi, '77:aa:09')
      .replaceAll('crewplan02', 'dispatch07')
      .replaceAll('HostKey', 'OtherOne')
      .replaceAll('10.60.4.22', '10.60.4.23');
    expect(await importAll(blind, other)).toEqual({ created: 2, linked: 0, other: 0, cis: 2, assets: 0 });
  });
});
