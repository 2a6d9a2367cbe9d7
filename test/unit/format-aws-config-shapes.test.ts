import { describe, expect, it } from '@jest/globals';
import type { DiscoveryRecord } from '../../domain/discovery/record.ts';
import {
  fixture,
  formatOf,
  notification,
  recordOf,
  recordsOf,
  snapshotItems,
  sns,
  valuesOf,
  withoutLine,
} from '../support/aws.ts';

type Json = Record<string, unknown>;
const [instanceItem] = snapshotItems;
const account = '111122223333/eu-north-1';
const instance = 'aws:i-0aa11bb22cc33dd44';

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
      `aws:${account}/${type.toLowerCase()}/loadbalancer/app/Check-In/50dc6c495c0c9188`,
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
