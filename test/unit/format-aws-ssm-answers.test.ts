import { describe, expect, it } from '@jest/globals';
import { fixture, recordOf, recordsOf, valuesOf } from '../support/aws.ts';

const node = 'i-0aa11bb22cc33dd44';

describe('answers of Systems Manager', () => {
  it('lists what agents said when they last called', async () => {
    const [instance, hybrid] = await recordsOf(fixture('instance-information'));
    expect(instance).toMatchObject({
      ciClass: 'virtual-machine',
      partial: true,
      observedAt: '2026-05-04T04:30:07.712Z',
    });
    expect(instance?.identifiers).toEqual([
      { type: 'cloudId', value: `aws:${node}` },
      { type: 'ip', value: '10.20.1.15' },
      { type: 'hostname', value: 'ip-10-20-1-15' },
    ]);
    expect(instance?.name).toBeUndefined();
    expect(hybrid).toMatchObject({
      nativeKey: '-/-/aws::ssm::managedinstance/mi-0cc33dd44ee55ff66',
      ciClass: 'server',
      nature: 'unknown',
      name: 'HANGAR-FILE1.skyways.example',
    });
    expect(hybrid?.assetKind).toBeUndefined();
    expect(hybrid === undefined ? [] : valuesOf(hybrid, 'fqdn')).toEqual(['HANGAR-FILE1.skyways.example']);
  });

  it('names a node as EC2 names the instance', async () => {
    const [described] = await recordsOf(fixture('describe-instances'));
    const [listed] = await recordsOf(fixture('instance-information'));
    if (described === undefined || listed === undefined) throw new Error('records expected');
    expect(valuesOf(listed, 'cloudId')).toEqual(valuesOf(described, 'cloudId'));
  });

  it('reads an inventory as AWS Config keeps it, without what may hold secrets', async () => {
    const record = await recordOf(fixture('inventory-item'));
    expect(record).toMatchObject({
      nativeKey: `111122223333/eu-north-1/aws::ec2::instance/${node}`,
      partial: true,
      name: 'CREWPLAN-1.skyways.example',
      observedAt: '2026-05-04T05:00:00.000Z',
      sections: {
        cpu: { cores: 1, threads: 2 },
        network: { primaryMac: '06:2a:3b:4c:5d:6e', defaultGateway: '10.20.1.1' },
      },
      warnings: [],
    });
    expect(valuesOf(record, 'mac')).toEqual(['06:2a:3b:4c:5d:6e']);
    expect(valuesOf(record, 'ip')).toEqual(['10.20.1.15', '10.20.1.16']);
    expect(record.details?.updates).toEqual([
      { id: 'KB5040404', description: 'Update' },
      {
        id: 'KB5050505',
        description: 'Security Update',
        installedBy: 'NT AUTHORITY\\SYSTEM',
        install_date: 'Wednesday, October 15, 2025 12:00:00 AM',
      },
    ]);
    expect(record.relations).toBeUndefined();
    expect(JSON.stringify(record)).not.toContain('registry-secret');
  });

  it('does not delete a node because its inventory ended', async () => {
    const ended = fixture('inventory-item').replace('"OK"', '"ResourceDeleted"');
    const record = await recordOf(ended);
    expect(record.action).toBe('delete');
    expect(JSON.stringify(record.identifiers)).toContain('managedinstanceinventory');
    expect(record.nativeKey).toContain('managedinstanceinventory');
  });

  it('reads GetInventory and ListInventoryEntries', async () => {
    const Data = {
      'AWS:Application': {
        TypeName: 'AWS:Application',
        CaptureTime: '2026-05-04T05:00:00Z',
        Content: [{ Name: 'bash', Version: '5' }],
      },
      'AWS:InstanceInformation': { Content: [{ InstanceId: node, PlatformType: 'Linux' }] },
    };
    const whole = await recordOf({ Entities: [{ Id: node, Data }] });
    const entries = await recordOf({
      TypeName: 'AWS:Application',
      InstanceId: node,
      CaptureTime: '2026-05-04T05:00:00Z',
      Entries: [{ Name: 'bash', Version: '5' }],
    });
    expect(whole.details).toEqual({ software: [{ name: 'bash', version: '5' }] });
    expect(whole.sections.os).toEqual({ osFamily: 'Linux' });
    expect(entries).toMatchObject({
      details: whole.details,
      observedAt: whole.observedAt,
      identifiers: whole.identifiers,
    });
  });
});
