import { describe, expect, it } from '@jest/globals';
import { normaliseIdentifier } from '../../domain/identity/normalise.ts';
import { bookCsv } from '../support/import-fleet.ts';
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
