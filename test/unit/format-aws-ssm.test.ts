import { describe, expect, it } from '@jest/globals';
import { resolveIdentity } from '../../domain/identity/resolve.ts';
import { fixture, formatOf, parseAll, recordOf, recordsOf } from '../support/aws.ts';

type Json = Record<string, unknown>;
const node = 'i-0aa11bb22cc33dd44';
const keyOf = (type: string, id = node) =>
  `discovery/ssm/${type}/accountid=111122223333/region=eu-north-1/resourcetype=ManagedInstanceInventory/${id}.json`;
const ndjson = (...rows: Json[]) => rows.map((row) => JSON.stringify(row)).join('\n');
const row = (more: Json, id = node): Json => ({
  ...more,
  resourceId: id,
  captureTime: '2026-05-04T05:10:00Z',
  schemaVersion: '1.1',
});
const application = (Name: string) =>
  row({ Name, Version: '1.0', Publisher: '', ApplicationType: 'Net', Architecture: 'x86_64', URL: '' });
const information = row({
  InstanceId: node,
  PlatformType: 'Linux',
  PlatformName: 'Ubuntu',
  PlatformVersion: '24.04',
  AgentVersion: '3.3.40.0',
  ComputerName: 'ip-10-20-1-15',
  IpAddress: '10.20.1.15',
});

describe('an object of a resource data sync', () => {
  it('is a partial record of its node: account and region come from the key', async () => {
    const text = ndjson(application('tar'), application('bash'), application('bash'));
    const record = await recordOf(text, keyOf('AWS:Application'));
    expect(formatOf(text, keyOf('AWS:Application'))).toBe('aws-ssm-inventory');
    expect(record).toMatchObject({
      nativeKey: `111122223333/eu-north-1/aws::ec2::instance/${node}`,
      partial: true,
      action: 'upsert',
      nature: 'virtual',
      ciClass: 'virtual-machine',
      observedAt: '2026-05-04T05:10:00.000Z',
      identifiers: [{ type: 'cloudId', value: `aws:${node}` }],
      sections: {},
    });
    expect(record.details).toEqual({
      software: [
        { name: 'bash', version: '1.0', arch: 'x86_64', type: 'Net' },
        { name: 'tar', version: '1.0', arch: 'x86_64', type: 'Net' },
      ],
    });
    expect(record).not.toHaveProperty('name');
    expect(record).not.toHaveProperty('relations');
  });

  it('is known by its columns when the key was lost', async () => {
    const [software, os] = await Promise.all([recordOf(ndjson(application('bash'))), recordOf(ndjson(information))]);
    expect(software.details?.software).toHaveLength(1);
    expect(os.sections).toEqual({
      os: { osName: 'Ubuntu', osVersion: '24.04', osFamily: 'Linux' },
      agent: { version: '3.3.40.0', computerName: 'ip-10-20-1-15', ipAddress: '10.20.1.15' },
    });
    expect(os.nativeKey).toBe(`-/-/aws::ec2::instance/${node}`);
  });

  it('fills sections that no other type of the node fills, nor EC2', async () => {
    const types = {
      'AWS:InstanceInformation': information,
      'AWS:InstanceDetailedInformation': row({ CPUModel: 'Xeon', CPUCores: '1', OSServicePack: '0' }),
      'AWS:Network': row({ Name: 'eth0', MacAddress: '06:2a:3b:4c:5d:6e', IPV4: '10.20.1.15' }),
      'AWS:Service': row({
        Name: 'sshd',
        DisplayName: 'SSH',
        Status: 'Running',
        ServiceType: 'Win32',
        StartType: 'Automatic',
      }),
      'AWS:WindowsUpdate': row({ HotFixId: 'KB5', Description: 'Update' }),
      'AWS:Application': application('bash'),
    };
    const records = await Promise.all(Object.entries(types).map(([type, one]) => recordOf(ndjson(one), keyOf(type))));
    const [instance] = await recordsOf(fixture('describe-instances'));
    const used = [instance, ...records].flatMap((record) => [
      ...Object.keys(record?.sections ?? {}),
      ...Object.keys(record?.details ?? {}),
    ]);
    expect([...new Set(used)].sort()).toEqual([...used].sort());
    expect(used).toContain('services');
    expect(JSON.stringify(records)).not.toContain('Running');
  });

  it('groups the rows of several nodes, and rejects a row without a node', async () => {
    const other = application('vim');
    const parsed = await parseAll(
      ndjson(application('bash'), { ...other, resourceId: 'mi-0cc33dd44ee55ff66' }, { Name: 'x', Version: '1' }),
    );
    expect(parsed.map((one) => ('fault' in one ? 'fault' : one.record.nativeKey)).sort()).toEqual([
      '-/-/aws::ec2::instance/i-0aa11bb22cc33dd44',
      '-/-/aws::ssm::managedinstance/mi-0cc33dd44ee55ff66',
      'fault',
    ]);
  });

  it('rejects a broken line and keeps the others', async () => {
    const parsed = await parseAll(
      `${ndjson(application('bash'))}\n{"Name": oops}\n${ndjson(application('tar'))}`,
      keyOf('AWS:Application'),
    );
    expect(parsed).toHaveLength(2);
    expect(parsed[0]).toMatchObject({ fault: { line: 2, errors: [{ line: 2, column: 10 }] } });
    expect(parsed[1]).toMatchObject({ record: { details: { software: [{ name: 'bash' }, { name: 'tar' }] } } });
  });

  it('deletes a node whose instance is terminated', async () => {
    const record = await recordOf(
      ndjson({ ...information, InstanceStatus: 'Terminated' }),
      keyOf('AWS:InstanceInformation'),
    );
    expect(record).toMatchObject({
      action: 'delete',
      identifiers: [{ type: 'cloudId', value: `aws:${node}` }],
      sections: {},
    });
  });
});

describe('an inventory that contradicts itself', () => {
  const odd = { ...information, InstanceId: 'i-0ff99ee88dd77cc66' };

  it('names nothing, so that identity holds it whatever is known', async () => {
    const record = await recordOf(ndjson(odd), keyOf('AWS:InstanceInformation'));
    expect(record).toMatchObject({
      identifiers: [],
      partial: true,
      nature: 'unknown',
      warnings: [{ code: 'contradicts-itself' }],
    });
    expect(record.ciClass).toBeUndefined();
    const { half, nature, partial } = record;
    expect(resolveIdentity({ half, nature, partial, identifiers: [], candidates: [] }).kind).toBe('held');
  });

  it('never shares its native key with a sound record of either node', async () => {
    const [sound, contradicting] = await Promise.all([recordOf(ndjson(information)), recordOf(ndjson(odd))]);
    expect(contradicting.nativeKey).not.toBe(sound.nativeKey);
    expect(contradicting.nativeKey).toContain('i-0ff99ee88dd77cc66');
  });

  it('is found between the key and the row, too', async () => {
    const record = await recordOf(ndjson(application('bash')), keyOf('AWS:Application', 'i-0ff99ee88dd77cc66'));
    expect(record.warnings).toMatchObject([{ code: 'contradicts-itself' }]);
  });
});
