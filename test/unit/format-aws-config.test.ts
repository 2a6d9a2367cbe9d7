import { describe, expect, it } from '@jest/globals';
import type { DiscoveryRecord } from '../../domain/discovery/record.ts';
import { edgesOf, fixture, recordsOf, valuesOf } from '../support/aws.ts';

const account = '111122223333/eu-north-1';
const subnet = `aws:${account}/aws::ec2::subnet/subnet-0606060606060606b`;
const vpc = `aws:${account}/aws::ec2::vpc/vpc-0808080808080808d`;
const group = `aws:${account}/aws::ec2::securitygroup/sg-0505050505050505a`;
const eni = `aws:${account}/aws::ec2::networkinterface/eni-0e0e0e0e0e0e0e0e1`;
const instance = 'aws:i-0aa11bb22cc33dd44';

describe('a snapshot of AWS Config', () => {
  it('gives every item as a CI without asset, in file order', async () => {
    const records = await recordsOf(fixture('config-snapshot'));
    expect(
      records.map(({ recordIndex, line, ciClass, nature, name }) => [recordIndex, line, ciClass, nature, name]),
    ).toEqual([
      [0, 5, 'virtual-machine', 'virtual', 'crewplan-1'],
      [1, 56, 'cloud-resource', 'logical', 'crewplan-1 first'],
      [2, 73, 'network', 'logical', 'skyways-prod'],
      [3, 91, 'cloud-resource', 'logical', 'SeatMap-Render'],
      [4, 117, 'cloud-resource', 'logical', 'gates'],
    ]);
    expect(
      records.every(({ assetKind, action, partial }) => assetKind === undefined && action === 'upsert' && !partial),
    ).toBe(true);
    expect(records.map(({ nativeKey }) => nativeKey)).toEqual([
      `${account}/aws::ec2::instance/i-0aa11bb22cc33dd44`,
      `${account}/aws::ec2::networkinterface/eni-0e0e0e0e0e0e0e0e1`,
      `${account}/aws::ec2::vpc/vpc-0808080808080808d`,
      `${account}/aws::lambda::function/SeatMap-Render`,
      `${account}/aws::eks::cluster/gates`,
    ]);
    expect(records.map((record) => valuesOf(record, 'cloudId'))).toEqual([
      [instance],
      [eni],
      [vpc],
      [`aws:${account}/aws::lambda::function/SeatMap-Render`],
      [`aws:${account}/aws::eks::cluster/gates`],
    ]);
  });

  it('knows an instance by cloud id, MACs, addresses and a name that someone gave', async () => {
    const [record] = await recordsOf(fixture('config-snapshot'));
    expect(record?.identifiers).toEqual([
      { type: 'cloudId', value: instance },
      { type: 'mac', value: '06:2a:3b:4c:5d:6e' },
      { type: 'ip', value: '10.20.1.15' },
      { type: 'ip', value: '10.20.1.16' },
      { type: 'fqdn', value: 'crewplan-1.skyways.example' },
    ]);
    expect(record?.observedAt).toBe('2026-05-04T06:00:00.250Z');
    expect(record?.sections).toMatchObject({
      cloud: { provider: 'aws', account: '111122223333', region: 'eu-north-1', zone: 'eu-north-1a' },
      virtualMachine: { type: 'm7i.large', state: 'running', vcpus: 2, architecture: 'x86_64' },
      cloudNetwork: { vpcId: 'vpc-0808080808080808d', ipAddresses: ['10.20.1.15', '10.20.1.16'] },
      tags: { Name: 'crewplan-1', Team: 'Crew planning' },
    });
  });

  it('leaves the MAC of an interface to its instance: it would name two things', async () => {
    const [, interfaceRecord] = await recordsOf(fixture('config-snapshot'));
    expect(interfaceRecord?.identifiers.map(({ type }) => type)).toEqual(['cloudId']);
    expect(interfaceRecord?.sections.resource).toMatchObject({ macAddress: '06:2a:3b:4c:5d:6e', state: 'in-use' });
  });

  it('carries no secret: user data, environment, policies, key names, tags that sound like one', async () => {
    const text = JSON.stringify(await recordsOf(fixture('config-snapshot')));
    for (const secret of ['hunter2', 'c2VjcmV0', 'tok-seatmap', '2012-10-17', 'crew-key', 'cloudformation']) {
      expect(text).not.toContain(secret);
    }
    expect(fixture('config-snapshot')).toContain('hunter2');
  });

  it('reads what both ends tell as one directed edge', async () => {
    const [vm, nic, network] = await recordsOf(fixture('config-snapshot'));
    if (vm === undefined || nic === undefined || network === undefined) throw new Error('records expected');
    expect(edgesOf(vm)).toEqual([
      `associated with out ${group}`,
      `attached to in ${eni}`,
      `attached to in aws:${account}/aws::ec2::volume/vol-0707070707070707c`,
      `member of out ${subnet}`,
      `member of out ${vpc}`,
    ]);
    expect(edgesOf(nic)).toEqual([`attached to out ${instance}`, `member of out ${subnet}`]);
    expect(edgesOf(network)).toEqual([
      `attached to in aws:${account}/aws::ec2::internetgateway/igw-0a0a0a0a0a0a0a0a1`,
      `member of in ${instance}`,
    ]);
  });

  it('names a target by its name where that is its id, and tells of the others', async () => {
    const lambda = (await recordsOf(fixture('config-snapshot')))[3] as DiscoveryRecord;
    expect(edgesOf(lambda)).toEqual([
      'associated with out aws:111122223333/global/aws::s3::bucket/skyways-seatmaps',
      `member of out ${subnet}`,
    ]);
    expect(lambda.warnings).toEqual([
      { code: 'relation-without-id', detail: expect.stringContaining('AWS::IAM::Role seatmap-role') },
    ]);
  });

  it('reads relations out of the configuration where AWS Config tells none', async () => {
    const cluster = (await recordsOf(fixture('config-snapshot')))[4] as DiscoveryRecord;
    expect(edgesOf(cluster)).toEqual([`associated with out ${group}`, `member of out ${subnet}`]);
    expect(cluster.sections.resource).toEqual({ version: '1.34' });
  });
});
