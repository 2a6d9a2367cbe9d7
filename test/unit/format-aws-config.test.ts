import { describe, expect, it } from '@jest/globals';
import type { DiscoveryRecord } from '../../domain/discovery/record.ts';
import { edgesOf, fixture, formatOf, parseAll, problemOf, recordOf, recordsOf, valuesOf } from '../support/aws.ts';

type Json = Record<string, unknown>;
const items = (JSON.parse(fixture('config-snapshot')) as { configurationItems: [Json, ...Json[]] }).configurationItems;
const [instanceItem] = items;
const account = '111122223333/eu-north-1';
const subnet = `aws:${account}/aws::ec2::subnet/subnet-0606060606060606b`;
const vpc = `aws:${account}/aws::ec2::vpc/vpc-0808080808080808d`;
const group = `aws:${account}/aws::ec2::securitygroup/sg-0505050505050505a`;
const eni = `aws:${account}/aws::ec2::networkinterface/eni-0e0e0e0e0e0e0e0e1`;
const instance = 'aws:i-0aa11bb22cc33dd44';

const notification = (item: unknown, more: Json = {}) => ({
  configurationItemDiff: { changedProperties: {}, changeType: 'UPDATE' },
  configurationItem: item,
  messageType: 'ConfigurationItemChangeNotification',
  ...more,
});
const sns = (message: unknown) => ({ Type: 'Notification', TopicArn: 'arn:x', Message: JSON.stringify(message) });
/** The same item as GetResourceConfigHistory writes it. */
const asHistory = ({ ARN, awsAccountId, configurationItemVersion, relationships, ...item }: Json): Json => ({
  ...item,
  arn: ARN,
  accountId: awsAccountId,
  version: configurationItemVersion,
  configurationStateId: '1777874400250',
  configuration: JSON.stringify(item.configuration),
  relationships: (relationships as Json[]).map(({ name, ...relation }) => ({ ...relation, relationshipName: name })),
});
const withoutLine = (record: DiscoveryRecord) => ({ ...record, line: 0, recordIndex: 0 });

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
      [`aws:${account}/aws::lambda::function/seatmap-render`],
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

describe('the other shapes of the same item', () => {
  const shapes: [string, unknown][] = [
    ['a single item', instanceItem],
    ['a list of items', [instanceItem]],
    ['a notification', notification(instanceItem)],
    ['a notification in SNS', sns(notification(instanceItem))],
    ['SNS in Lambda', { Records: [{ EventSource: 'aws:sns', Sns: sns(notification(instanceItem)) }] }],
    ['SNS in SQS', { Records: [{ body: JSON.stringify(sns(notification(instanceItem))) }] }],
    [
      'an event of EventBridge',
      { 'detail-type': 'Config Configuration Item Change', detail: notification(instanceItem) },
    ],
    ['the event of a rule', { invokingEvent: JSON.stringify(notification(instanceItem)), ruleParameters: '{}' }],
    ['a history answer', { configurationItems: [asHistory(instanceItem)], nextToken: 'x' }],
    ['a recorded answer', { status_code: 200, data: { configurationItems: [asHistory(instanceItem)] } }],
    ['a query answer', { QueryInfo: {}, Results: [JSON.stringify(asHistory(instanceItem))] }],
    ['two documents in a row', `${JSON.stringify(notification(instanceItem))}\n`],
  ];

  it.each(shapes)('%s gives the same record', async (_name, shape) => {
    const [snapshot] = await recordsOf(fixture('config-snapshot'));
    const text = typeof shape === 'string' ? shape : JSON.stringify(shape);
    expect(formatOf(text)).toBe('aws-config');
    expect(withoutLine(await recordOf(text))).toEqual(withoutLine(snapshot as DiscoveryRecord));
  });

  it('reads a batch answer, which tells no relations, as a partial record', async () => {
    const { relationships: _, tags: __, ...base } = asHistory(instanceItem);
    const record = await recordOf({ baseConfigurationItems: [base], unprocessedResourceKeys: [] });
    expect(record).toMatchObject({
      partial: true,
      identifiers: expect.arrayContaining([{ type: 'cloudId', value: instance }]),
    });
    expect(record.relations).toBeUndefined();
  });

  it('takes type, id, account and region from the ARN when a query did not ask for them', async () => {
    const configuration = {
      functionName: 'Boarding',
      functionArn: 'arn:aws:lambda:eu-north-1:111122223333:function:Boarding',
    };
    const record = await recordOf({ Results: [JSON.stringify({ configuration, supplementaryConfiguration: {} })] });
    expect(record).toMatchObject({
      nativeKey: `${account}/aws::lambda::function/Boarding`,
      partial: true,
      name: 'Boarding',
    });
  });

  it.each([
    [
      { __class__: 'datetime', year: 2026, month: 5, day: 4, hour: 6, minute: 0, second: 3, microsecond: 800000 },
      '2026-05-04T06:00:03.800Z',
    ],
    [1777874403.8, '2026-05-04T06:00:03.800Z'],
    ['2026-05-04T08:00:03.800000+02:00', '2026-05-04T06:00:03.800Z'],
    ['2026-05-04T06:00:03', '2026-05-04T06:00:03.000Z'],
    [undefined, '2026-05-04T06:00:00.250Z'],
    ['soon', '2026-05-04T06:00:00.250Z'],
  ])('reads the moment %j', async (moment, expected) => {
    const record = await recordOf({ ...instanceItem, configurationItemCaptureTime: moment });
    expect(record.observedAt).toBe(expected);
  });

  it('takes the account from the ARN when the item leaves it empty, and drops the ARN of an ARN id', async () => {
    const id = 'arn:aws:elasticloadbalancing:eu-north-1:111122223333:loadbalancer/app/Check-In/50dc6c495c0c9188';
    const type = 'AWS::ElasticLoadBalancingV2::LoadBalancer';
    const record = await recordOf({
      ...instanceItem,
      awsAccountId: '',
      resourceType: type,
      resourceId: id,
      ARN: id,
      tags: null,
    });
    expect(record.nativeKey).toBe(`${account}/${type.toLowerCase()}/loadbalancer/app/Check-In/50dc6c495c0c9188`);
    expect(valuesOf(record, 'cloudId')).toEqual([
      `aws:${account}/${type}/loadbalancer/app/check-in/50dc6c495c0c9188`.toLowerCase(),
    ]);
  });

  it('gives a database its class', async () => {
    const configuration = {
      dBInstanceIdentifier: 'bookings',
      engine: 'postgres',
      masterUsername: 'admin',
      endpoint: { address: 'b.rds.example', port: 5432 },
    };
    const record = await recordOf({
      ...instanceItem,
      resourceType: 'AWS::RDS::DBInstance',
      resourceId: 'db-ABCDEFGHIJKLMNOPQRSTUVWXYZ',
      tags: {},
      configuration,
    });
    expect(record).toMatchObject({ ciClass: 'database', nature: 'logical', name: 'bookings' });
    expect(record.sections.resource).toEqual({
      dBInstanceIdentifier: 'bookings',
      engine: 'postgres',
      address: 'b.rds.example',
      port: 5432,
    });
    expect(record.nativeKey).toBe(`${account}/aws::rds::dbinstance/db-abcdefghijklmnopqrstuvwxyz`);
  });
});

describe('the end of a resource', () => {
  const gone = { configuration: null, tags: {}, relationships: [], ARN: null, availabilityZone: null };

  it.each(['ResourceDeleted', 'ResourceDeletedNotRecorded'])('%s is a delete by identifiers alone', async (status) => {
    const item = { ...instanceItem, ...gone, configurationItemStatus: status };
    const record = await recordOf(sns(notification(item, { configurationItemDiff: { changedProperties: 'NOTJSON' } })));
    expect(withoutLine(record)).toEqual({
      recordIndex: 0,
      line: 0,
      nativeKey: `${account}/aws::ec2::instance/i-0aa11bb22cc33dd44`,
      half: 'discovery',
      action: 'delete',
      partial: false,
      nature: 'virtual',
      ciClass: 'virtual-machine',
      observedAt: '2026-05-04T06:00:00.250Z',
      identifiers: [{ type: 'cloudId', value: instance }],
      sections: {},
      warnings: [],
    });
  });

  it('is also a terminated instance, and not a stopped one', async () => {
    const inState = (name: string) => recordOf({ ...instanceItem, configuration: { state: { name } } });
    expect((await inState('terminated')).action).toBe('delete');
    expect((await inState('stopped')).action).toBe('upsert');
  });

  it('is not said by an item that is only not recorded any more', async () => {
    const record = await recordOf({ ...instanceItem, ...gone, configurationItemStatus: 'ResourceNotRecorded' });
    expect(record).toMatchObject({ action: 'upsert', partial: true, warnings: [{ code: 'no-configuration' }] });
    expect(record.relations).toBeUndefined();
  });

  it('keeps nothing but the name of an item that was too large to send', async () => {
    const summary = { ...instanceItem, configuration: undefined, relationships: undefined };
    const record = await recordOf({
      configurationItemSummary: summary,
      s3DeliverySummary: {},
      messageType: 'OversizedConfigurationItemChangeNotification',
    });
    expect(record.partial).toBe(true);
    expect(record.warnings.map(({ code }) => code)).toContain('oversized-item');
  });
});

describe('broken content', () => {
  const [first, second, third] = items.map((item) => JSON.stringify(item)) as [string, string, string];
  const snapshot = (...texts: string[]) => `{"fileVersion":"1.0",\n"configurationItems":[\n${texts.join(',\n')}\n]}`;

  it('rejects the broken item with line and column, and reads those around it', async () => {
    const parsed = await parseAll(snapshot(first, '{"resourceType": oops}', third));
    expect(parsed.map((one) => ('record' in one ? one.record.recordIndex : one.fault))).toEqual([
      0,
      { recordIndex: 1, line: 4, errors: [{ line: 4, column: 18, reason: expect.stringContaining('not JSON') }] },
      2,
    ]);
  });

  it('rejects an item that nothing names, and one whose text is no JSON', async () => {
    const parsed = await parseAll(`{"Results":[${JSON.stringify(first)},"{\\"configuration\\":{}}","{oops"]}`);
    expect(parsed.map((one) => ('fault' in one ? one.fault.errors[0]?.reason : 'record'))).toEqual([
      'record',
      expect.stringContaining('Nothing names this resource'),
      expect.stringContaining('not JSON'),
    ]);
  });

  it('keeps the good beginning of a file that was cut off', async () => {
    const parsed = await parseAll(snapshot(first, second, third).slice(0, -60));
    expect(parsed).toHaveLength(3);
    expect(parsed[2]).toMatchObject({ fault: { errors: [{ line: 5, reason: expect.stringContaining('cut off') }] } });
  });

  it.each([
    ['an item whose list is not closed', `[${JSON.stringify(instanceItem)}`, 'json-syntax'],
    ['a raw line break in a text', '{"configurationItem": {"resourceType": "AWS::\n"}}', 'json-syntax'],
    ['a broken message', '{"Type":"Notification","Message":"{\\"configurationItem\\":{]"}', 'json-syntax'],
    ['an item without a name', '{"configurationItem": {"configurationItemStatus":"OK"}}', 'no-usable-record'],
  ])('cannot read %s at all', async (_what, text, code) => {
    expect(await problemOf(text)).toMatchObject({ code, line: expect.any(Number), column: expect.any(Number) });
  });

  it('is not led astray by keys that mean something to JavaScript', async () => {
    const text = JSON.stringify(instanceItem).replace('"Team"', '"__proto__"');
    const record = await recordOf(text);
    expect(Object.keys(record.sections.tags ?? {})).toEqual(['Name']);
    expect(({} as Json).Team).toBeUndefined();
  });

  it('shows at most 20 tags and no long one', async () => {
    const tags = Object.fromEntries(
      Array.from({ length: 40 }, (_, index) => [
        `k${String(index).padStart(2, '0')}`,
        index === 0 ? 'x'.repeat(300) : 'v',
      ]),
    );
    const record = await recordOf({ ...instanceItem, tags });
    expect(Object.keys(record.sections.tags ?? {})).toEqual(
      Array.from({ length: 20 }, (_, index) => `k${String(index + 1).padStart(2, '0')}`),
    );
  });
});
