import { describe, expect, it } from '@jest/globals';
import { edgesOf, fixture, formatOf, parseAll, problemOf, recordOf, recordsOf, valuesOf } from '../support/aws.ts';

type Json = Record<string, unknown>;
const answer = JSON.parse(fixture('describe-instances')) as {
  Reservations: [{ OwnerId: string; Instances: [Json, Json] }];
};
const [reservation] = answer.Reservations;
const [running] = reservation.Instances;
const account = '111122223333/eu-north-1';

describe('an answer of DescribeInstances', () => {
  it('gives instances the names that AWS Config gives them, and no moment', async () => {
    const [record] = await recordsOf(fixture('describe-instances'));
    expect(record).toMatchObject({
      nativeKey: `${account}/aws::ec2::instance/i-0aa11bb22cc33dd44`,
      action: 'upsert',
      partial: false,
      nature: 'virtual',
      ciClass: 'virtual-machine',
      name: 'crewplan-1',
      sections: {
        cloud: {
          account: '111122223333',
          region: 'eu-north-1',
          zone: 'eu-north-1a',
          resourceType: 'AWS::EC2::Instance',
        },
        virtualMachine: { type: 'm7i.large', state: 'running', vcpus: 2, platform: 'Linux/UNIX' },
        tags: { Name: 'crewplan-1', Team: 'Crew', team: 'Crew planning' },
      },
    });
    expect(record?.observedAt).toBeUndefined();
    expect(record?.assetKind).toBeUndefined();
  });

  it('says of an instance without tags that it has none, but not where the answer was cut down', async () => {
    const sectionsWith = async (instance: Json) =>
      (await recordOf({ Reservations: [{ OwnerId: reservation.OwnerId, Instances: [instance] }] })).sections;
    const { Tags: _tags, ...bare } = running;
    expect((await sectionsWith(bare)).tags).toEqual({});
    expect((await sectionsWith({ ...bare, Tags: [] })).tags).toEqual({});
    const { LaunchTime: _launched, ...less } = bare;
    expect(await sectionsWith(less)).not.toHaveProperty('tags');
  });

  it('tells the same relations as AWS Config', async () => {
    const [described] = await recordsOf(fixture('describe-instances'));
    const [configured] = await recordsOf(fixture('config-snapshot'));
    if (described === undefined || configured === undefined) throw new Error('records expected');
    expect(edgesOf(described)).toEqual(edgesOf(configured));
    expect(described.nativeKey).toBe(configured.nativeKey);
    expect(valuesOf(described, 'cloudId')).toEqual(valuesOf(configured, 'cloudId'));
  });

  it('takes no name that AWS made up for an identifier', async () => {
    const [record] = await recordsOf(fixture('describe-instances'));
    expect(record?.identifiers.map(({ type }) => type)).toEqual(['cloudId', 'mac', 'ip']);
    const named = await recordOf([{ ...running, PrivateDnsName: 'crewplan.skyways.example' }]);
    expect(valuesOf(named, 'fqdn')).toEqual(['crewplan.skyways.example']);
  });

  it('deletes terminated instances by their identifiers alone', async () => {
    const [, record] = await recordsOf(fixture('describe-instances'));
    expect(record).toMatchObject({
      action: 'delete',
      identifiers: [{ type: 'cloudId', value: 'aws:i-0bb22cc33dd44ee55' }],
      sections: {},
    });
    expect(record).not.toHaveProperty('name');
    expect(record).not.toHaveProperty('relations');
  });

  const shapes: [string, unknown][] = [
    [
      'recorded by placebo',
      { status_code: 200, data: { Reservations: [{ ...reservation, Instances: [running] }], ResponseMetadata: {} } },
    ],
    ['the instances alone', [running]],
    ['lists of instances', [[running]]],
    ['one instance', running],
    ['what RunInstances answers', { OwnerId: '111122223333', Instances: [running], ReservationId: 'r-1' }],
  ];
  it.each(shapes)('is read when it is %s', async (_name, shape) => {
    expect(formatOf(JSON.stringify(shape))).toBe('aws-ec2-describe');
    const [whole] = await recordsOf(fixture('describe-instances'));
    expect({ ...(await recordOf(shape)), line: whole?.line }).toEqual(whole);
  });

  it('finds account and region in the object key when the answer does not tell them', async () => {
    const bare = { InstanceId: 'i-0aa11bb22cc33dd44', InstanceType: 't3.nano', State: { Name: 'running' } };
    const known = await recordOf([bare], 'discovery/aws/444455556666/eu-west-1/ec2.json');
    expect(known.nativeKey).toBe('444455556666/eu-west-1/aws::ec2::instance/i-0aa11bb22cc33dd44');
    const unknown = await recordOf([bare]);
    expect(unknown.nativeKey).toBe('-/-/aws::ec2::instance/i-0aa11bb22cc33dd44');
    expect(valuesOf(unknown, 'cloudId')).toEqual(valuesOf(known, 'cloudId'));
  });

  it('rejects entries without a name and reads the others', async () => {
    const broken = {
      Reservations: [{ OwnerId: '111122223333', Instances: [{ State: {} }, running] }, { OwnerId: 'x' }, 7],
    };
    const parsed = await parseAll(JSON.stringify(broken));
    expect(parsed.map((one) => ('fault' in one ? one.fault.errors[0]?.reason.slice(0, 16) : 'record'))).toEqual([
      'Nothing names th',
      'record',
      'This reservation',
      'This reservation',
    ]);
    expect(await problemOf('{"Reservations":[{"Instances":[{]}')).toMatchObject({ code: 'json-syntax' });
  });
});

describe('an answer of DescribeDBInstances', () => {
  const database = {
    DBInstanceIdentifier: 'bookings',
    DbiResourceId: 'db-ABCDEFGHIJKLMNOPQRSTUVWXYZ',
    DBInstanceArn: 'arn:aws:rds:eu-north-1:111122223333:db:bookings',
    Engine: 'postgres',
    EngineVersion: '17.4',
    DBInstanceStatus: 'available',
    MasterUsername: 'captain',
    Endpoint: { Address: 'bookings.rds.example', Port: 5432 },
    DBSubnetGroup: { VpcId: 'vpc-0808080808080808d', Subnets: [{ SubnetIdentifier: 'subnet-0606060606060606b' }] },
    VpcSecurityGroups: [{ VpcSecurityGroupId: 'sg-0505050505050505a', Status: 'active' }],
    TagList: [{ Key: 'Team', Value: 'Sales' }],
  };

  it('gives databases, named by the id that AWS Config uses', async () => {
    const record = await recordOf({ DBInstances: [database] });
    expect(record).toMatchObject({
      nativeKey: `${account}/aws::rds::dbinstance/db-abcdefghijklmnopqrstuvwxyz`,
      ciClass: 'database',
      nature: 'logical',
      name: 'bookings',
      sections: { resource: { engine: 'postgres', state: 'available', port: 5432 }, tags: { Team: 'Sales' } },
      warnings: [],
    });
    expect(edgesOf(record).map((edge) => edge.replace(/aws:.*::/, ''))).toEqual([
      'associated with out securitygroup/sg-0505050505050505a',
      'member of out subnet/subnet-0606060606060606b',
      'member of out vpc/vpc-0808080808080808d',
    ]);
    expect(JSON.stringify(record)).not.toContain('captain');
  });
});
