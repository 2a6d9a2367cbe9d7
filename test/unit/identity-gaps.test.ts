import { describe, expect, it } from '@jest/globals';
import { normaliseIdentifier } from '../../domain/identity/normalise.ts';
import { checkEstate } from '../support/import-check.ts';
import { agentJson, bookCsv } from '../support/import-fleet.ts';
import { importRig } from '../support/import-rig.ts';
import { memoryTable } from '../support/memory-table.ts';

const setting = { feed: 'feed', nature: 'virtual', container: false } as const;

describe('cloud ids', () => {
  it.each([
    ['an id that AWS makes', 'aws:I-0ABC12345', 'aws:i-0abc12345'],
    ['a name in AWS', 'aws:111122223333/eu-north-1/aws::dynamodb::table/Orders', undefined],
    [
      'an ARN',
      'ARN:AWS:dynamodb:eu-north-1:111122223333:table/Orders',
      'arn:aws:dynamodb:eu-north-1:111122223333:table/Orders',
    ],
    [
      'an id of Azure',
      '/subscriptions/AB/resourceGroups/RG/providers/Microsoft.Compute/virtualMachines/VM1',
      '/subscriptions/ab/resourcegroups/rg/providers/microsoft.compute/virtualmachines/vm1',
    ],
    [
      'a name in Google Cloud',
      '//compute.googleapis.com/projects/P/zones/z/instances/I',
      '//compute.googleapis.com/projects/p/zones/z/instances/i',
    ],
    ['an id of another provider', 'vendor:AbC', undefined],
  ])('%s', (_name, value, wanted = value) => {
    expect(normaliseIdentifier({ type: 'cloudId', value }, setting)).toMatchObject({
      value: wanted,
      strength: 'strong',
    });
  });
  it('of Kubernetes are UUIDs in lower case', () => {
    expect(normaliseIdentifier({ type: 'k8sUid', value: 'AB-1' }, setting)?.value).toBe('ab-1');
  });
});

describe('asset tags of cloud guests', () => {
  it.each(['7783-7084-3265-9085-8269-3286-77', 'Amazon EC2', 'OracleCloud.com', 'HUAWEICLOUD'])('%s', (value) => {
    expect(normaliseIdentifier({ type: 'assetTag', value }, setting)?.strength).toBe('rejected');
    expect(normaliseIdentifier({ type: 'assetTag', value: `SKY ${value}` }, setting)?.strength).toBe('strong');
  });
});

describe('two rows of one book with one serial', () => {
  const row = (tag: string) => ({ 'Asset Tag': tag, 'Serial Number': 'GAP00001', Manufacturer: 'Dell' });
  const warnings = (records: { warnings: { code: string }[] }[]) =>
    records.map((one) => one.warnings.map(({ code }) => code));
  it('warn where they have two tags, and not where they have one', async () => {
    const rig = importRig(memoryTable());
    const { records } = await rig.importFile('register', 'a', bookCsv([row('SKY-1'), row('SKY-2')]));
    expect(warnings(records)).toEqual([[], ['conflicting-asset-tag']]);
    const other = importRig(memoryTable());
    const twice = await other.importFile('register', 'a', bookCsv([row('SKY-1')]));
    const again = await other.importFile('register', 'b', bookCsv([{ ...row('SKY-1'), Location: 'ARN' }]));
    expect(warnings([...twice.records, ...again.records])).toEqual([[], []]);
  });
});

describe('a mainboard that was exchanged', () => {
  const [old, fresh] = ['7d3c2b1a-0000-4000-8000-000000000051', '7d3c2b1a-0000-4000-8000-000000000052'];
  const machine = (more: object) =>
    agentJson({ name: 'ck-5', serial: 'BOARD005', macs: ['a4:bb:6d:00:05:01'], ...more });
  const world = async () => {
    const table = memoryTable();
    const rig = importRig(table);
    let files = 0;
    const report = async (more: object) => {
      files += 1;
      return (await rig.importFile('glpi', `${files}`, machine(more))).records[0];
    };
    const first = await report({ uuid: old, seenAt: '2026-05-01 06:00:00' });
    return { table, report, first };
  };
  it('leaves the asset the same, with a warning, and is known by its new UUID', async () => {
    const { table, report, first } = await world();
    const next = await report({ uuid: fresh, macs: ['a4:bb:6d:00:05:02'], seenAt: '2026-06-01 06:00:00' });
    expect(next).toMatchObject({
      outcome: 'updated',
      assetId: first?.assetId,
      matchedBy: { rule: 'serial-and-new-board' },
    });
    expect(next?.warnings.map(({ code }) => code)).toContain('mainboard-replaced');
    const later = await report({ uuid: fresh, os: 'Debian 13', seenAt: '2026-07-01 06:00:00' });
    expect(later).toMatchObject({ outcome: 'updated', assetId: first?.assetId });
    expect(later?.warnings).toEqual([]);
    expect(checkEstate(table.items())).toEqual([]);
    // The old board reports again: two machines share one serial, and a person is asked.
    expect((await report({ uuid: old, seenAt: '2026-08-01 06:00:00' }))?.outcome).toBe('ambiguous');
  });
  it.each([
    ['under another name', { name: 'ck-6', uuid: fresh, seenAt: '2026-06-01 06:00:00' }],
    ['seen before', { uuid: fresh, seenAt: '2026-04-01 06:00:00' }],
    ['at an unknown time', { uuid: fresh }],
    ['of another vendor', { uuid: fresh, vendor: 'HP', seenAt: '2026-06-01 06:00:00' }],
  ])('is not assumed of one %s', async (_name, more) => {
    const { report, first } = await world();
    const next = await report(more);
    expect(next?.matchedBy?.rule).not.toBe('serial-and-new-board');
    expect(['ambiguous', 'created']).toContain(next?.outcome);
    if (next?.outcome === 'created') expect(next.assetId).not.toBe(first?.assetId);
  });
});
