import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Template } from 'aws-cdk-lib/assertions';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { type App, Stack } from 'aws-cdk-lib/core';
import { roles } from '../../domain/access/permissions.ts';
import { tableIndexes } from '../../functions/store/contracts.ts';
import { addChecks } from '../../infra/nag.ts';
import { emptyApp, resourcesOf, synthesise } from './installation.ts';

let app: App;
let state: Template;
beforeAll(() => {
  ({ app, state } = synthesise());
});

const only = (type: string) => {
  const found = resourcesOf(state, type);
  expect(found).toHaveLength(1);
  return found[0]?.[1] as NonNullable<(typeof found)[0]>[1];
};

describe('the table', () => {
  it('is one, keyed and indexed as its contract says', () => {
    const table = only('AWS::DynamoDB::Table');
    expect(table.Properties).toMatchObject({
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true },
      StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      DeletionProtectionEnabled: true,
    });
    expect(table.Properties.GlobalSecondaryIndexes).toEqual(
      Object.entries(tableIndexes).map(([IndexName, { partition, sort }]) => ({
        IndexName,
        KeySchema: [
          { AttributeName: partition, KeyType: 'HASH' },
          { AttributeName: sort, KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'KEYS_ONLY' },
      })),
    );
  });
});

describe('the buckets', () => {
  it('are private, encrypted, kept, and logged (but for the bucket of the logs)', () => {
    const buckets = resourcesOf(state, 'AWS::S3::Bucket');
    expect(buckets.map(([id]) => id.slice(0, -8))).toEqual(['AccessLogs', 'Uploads', 'Data']);
    for (const [id, { Properties, DeletionPolicy }] of buckets) {
      expect(Object.values(Properties.PublicAccessBlockConfiguration)).toEqual([true, true, true, true]);
      expect(Properties.BucketEncryption).toBeDefined();
      expect(Properties.LifecycleConfiguration.Rules.length).toBeGreaterThan(0);
      expect(DeletionPolicy).toBe('Retain');
      expect([id, 'LoggingConfiguration' in Properties]).toEqual([id, !id.startsWith('AccessLogs')]);
    }
  });

  it('refuse requests without TLS', () => {
    const policies = resourcesOf(state, 'AWS::S3::BucketPolicy').map(([, { Properties }]) =>
      JSON.stringify(Properties),
    );
    expect(policies).toHaveLength(3);
    expect(policies.filter((policy) => !policy.includes('"aws:SecureTransport":"false"'))).toEqual([]);
  });

  it('tell EventBridge of uploads, and keep every version of them', () => {
    const [, uploads] = resourcesOf(state, 'AWS::S3::Bucket')[1] ?? [];
    expect(uploads?.Properties).toMatchObject({
      NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } },
      VersioningConfiguration: { Status: 'Enabled' },
    });
  });
});

describe('the bus', () => {
  it('is called hangar and can be replayed', () => {
    expect(only('AWS::Events::EventBus').Properties.Name).toBe('hangar');
    expect(only('AWS::Events::Archive').Properties).toMatchObject({
      EventPattern: { source: ['hangar'] },
      RetentionDays: 365,
    });
  });
});

describe('identity', () => {
  it('is a user pool by invitation, with a group per role', () => {
    expect(only('AWS::Cognito::UserPool').Properties).toMatchObject({
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
      MfaConfiguration: 'ON',
      DeletionProtection: 'ACTIVE',
    });
    const groups = resourcesOf(state, 'AWS::Cognito::UserPoolGroup').map(([, { Properties }]) => Properties.GroupName);
    expect(groups.sort()).toEqual([...roles].sort());
  });

  it('lets nobody choose their tenant', () => {
    const schema = only('AWS::Cognito::UserPool').Properties.Schema as { Name: string; Mutable: boolean }[];
    expect(schema.find(({ Name }) => Name === 'tenant')?.Mutable).toBe(false);
    expect(only('AWS::Cognito::UserPoolClient').Properties.WriteAttributes).toEqual(['email']);
  });

  it('is any OIDC issuer instead, when the context names one', () => {
    const other = synthesise({ issuer: 'https://login.skyways.example', audience: 'hangar-api', name: 'skyways' });
    expect(resourcesOf(other.state, 'AWS::Cognito::UserPool')).toEqual([]);
    const [[, authorizer] = []] = resourcesOf(other.service, 'AWS::ApiGatewayV2::Authorizer');
    expect(authorizer?.Properties.JwtConfiguration).toEqual({
      Issuer: 'https://login.skyways.example',
      Audience: ['hangar-api'],
    });
  });

  it.each([
    { issuer: 'https://login.skyways.example' },
    { issuer: 'http://plain.example', audience: 'a' },
    { name: 'Bad Name' },
  ])('refuses a stage like %j', (context) => {
    expect(() => synthesise(context as Record<string, string>)).toThrow();
  });
});

describe('cdk-nag', () => {
  it('has nothing to say, not even a warning', () => {
    expect(() => app.synth()).not.toThrow();
    const report = JSON.parse(readFileSync(join(app.outdir, 'validation-report.json'), 'utf8'));
    expect(report.pluginReports).toEqual([]);
  });

  it.each([
    ['AwsSolutions-S1', (stack: Stack) => new Bucket(stack, 'Bucket')],
    ['Serverless-SQSRedrivePolicy', (stack: Stack) => new Queue(stack, 'Queue')],
  ])('would stop a careless stack: %s', (rule, add) => {
    const careless = emptyApp();
    add(new Stack(careless, 'careless'));
    addChecks(careless);
    expect(() => careless.synth()).toThrow(rule);
  });
});
