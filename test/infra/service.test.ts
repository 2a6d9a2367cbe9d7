import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Template } from 'aws-cdk-lib/assertions';
import type { Trigger } from '../../functions/bus/contracts.ts';
import { planners as knownPlanners } from '../../functions/fail-planning/planners.ts';
import { describeApi } from '../../functions/http/openapi.ts';
import { allOperations } from '../../functions/platform/all-operations.ts';
import { apiFunctions, consumers } from '../../infra/application.ts';
import { resourcesOf, synthesise } from './installation.ts';

let service: Template;
beforeAll(() => {
  ({ service } = synthesise());
});

// biome-ignore lint/suspicious/noExplicitAny: see installation.ts
const properties = (type: string): any[] => resourcesOf(service, type).map(([, { Properties }]) => Properties);
const operations = apiFunctions.flatMap(({ operations }) => Object.values(operations));

/** The function of that name: logical ids begin with the construct's id, without dashes. */
const functionOf = (name: string) => {
  const found = resourcesOf(service, 'AWS::Lambda::Function').filter(([id]) => id.startsWith(name.replaceAll('-', '')));
  expect(found).toHaveLength(1);
  return found[0] as NonNullable<(typeof found)[0]>;
};

describe('the API', () => {
  it('has the route of every operation and no other', () => {
    const routes = properties('AWS::ApiGatewayV2::Route').map(({ RouteKey }) => RouteKey);
    expect(routes.sort()).toEqual(operations.map(({ route }) => route).sort());
    expect(new Set(routes).size).toBe(routes.length);
  });

  it('is what GET /openapi.json says: the same routes, no more and no fewer', () => {
    const { paths } = describeApi(allOperations, '0.0.0');
    const told = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    const routes = properties('AWS::ApiGatewayV2::Route').map(({ RouteKey }) => RouteKey);
    expect(told.sort()).toEqual(routes.sort());
  });

  it('asks for a token everywhere but on public operations', () => {
    for (const { RouteKey, AuthorizationType, AuthorizerId } of properties('AWS::ApiGatewayV2::Route')) {
      const open = operations.some(({ route, permission }) => route === RouteKey && permission === 'public');
      expect([RouteKey, AuthorizationType]).toEqual([RouteKey, open ? 'NONE' : 'JWT']);
      expect(AuthorizerId !== undefined).toBe(!open);
    }
  });

  it('routes each operation to the function that declares it', () => {
    const integrations = new Map(resourcesOf(service, 'AWS::ApiGatewayV2::Integration'));
    for (const { RouteKey, Target } of properties('AWS::ApiGatewayV2::Route')) {
      const uri = integrations.get(Target['Fn::Join'][1][1].Ref)?.Properties.IntegrationUri;
      const owner = apiFunctions.find(({ operations }) =>
        Object.values(operations).some(({ route }) => route === RouteKey),
      );
      expect([RouteKey, uri['Fn::GetAtt'][0]]).toEqual([RouteKey, functionOf(owner?.settings.name ?? '')[0]]);
    }
  });

  it('is logged and throttled', () => {
    const [stage] = properties('AWS::ApiGatewayV2::Stage');
    expect(stage.DefaultRouteSettings).toMatchObject({ ThrottlingBurstLimit: 1000, ThrottlingRateLimit: 500 });
    expect(Object.keys(JSON.parse(stage.AccessLogSettings.Format))).toEqual(
      expect.arrayContaining(['requestId', 'status']),
    );
  });
});

describe('every function', () => {
  it.each([...apiFunctions, ...consumers].map(({ settings }) => [settings.name, settings] as const))(
    '%s is as its settings say',
    (name, settings) => {
      const [, { Properties }] = functionOf(name);
      expect(Properties).toMatchObject({
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        MemorySize: settings.memoryMb ?? 512,
        Timeout: settings.timeoutSeconds ?? 29,
      });
      expect(Object.keys(Properties.Environment?.Variables ?? {}).sort()).toEqual([...settings.variables].sort());
      expect(Properties.LoggingConfig.LogGroup.Ref).toContain(name.replaceAll('-', ''));
    },
  );

  it('is one of the declared ones', () => {
    expect(properties('AWS::Lambda::Function')).toHaveLength(apiFunctions.length + consumers.length);
  });

  it('gets the cursor secret as a reference, never as a value', () => {
    const [, { Properties }] = functionOf('assets');
    expect(JSON.stringify(Properties.Environment.Variables.CURSOR_SECRET)).toMatch(/\{\{resolve:secretsmanager:/);
  });

  it('forgets its logs in time', () => {
    const groups = properties('AWS::Logs::LogGroup');
    expect(groups).toHaveLength(apiFunctions.length + consumers.length + 1);
    expect(groups.filter(({ RetentionInDays }) => !(RetentionInDays <= 365))).toEqual([]);
  });
});

describe('every consumer', () => {
  const mappingOf = (name: string) =>
    properties('AWS::Lambda::EventSourceMapping').filter(
      ({ FunctionName }) => FunctionName.Ref === functionOf(name)[0],
    );

  const planners = consumers.filter(({ trigger }) => trigger.kind === 'upload').map(({ settings }) => settings.name);
  const ruleOf = (name: string) =>
    properties('AWS::Events::Rule').find(({ Targets }) => Targets[0].Arn['Fn::GetAtt'][0] === functionOf(name)[0]);
  /** The queue of what was not delivered to it. */
  const deadLettersOf = (name: string): string => ruleOf(name).Targets[0].DeadLetterConfig.Arn['Fn::GetAtt'][0];

  const checks = {
    upload: (name: string, trigger: object) => {
      const rule = ruleOf(name);
      const { keyPrefixes } = trigger as { keyPrefixes: string[] };
      expect(rule.EventPattern).toMatchObject({ source: ['aws.s3'], 'detail-type': ['Object Created'] });
      expect(rule.EventPattern.detail.object.key).toEqual(keyPrefixes.map((prefix) => ({ prefix })));
      expect(rule.EventPattern.detail.bucket.name[0]['Fn::ImportValue']).toContain('Uploads');
      expect(rule.Targets[0].DeadLetterConfig.Arn['Fn::GetAtt'][0]).toContain('DeadLetters');
      expect(rule.Targets[0].RetryPolicy.MaximumRetryAttempts).toBeGreaterThan(0);
      const [asynchronous] = properties('AWS::Lambda::EventInvokeConfig').filter(
        ({ FunctionName }) => FunctionName.Ref === functionOf(name)[0],
      );
      expect(asynchronous.DestinationConfig.OnFailure.Destination).toEqual(rule.Targets[0].DeadLetterConfig.Arn);
    },
    queue: (name: string, trigger: object) => {
      const { batchSize, maxConcurrency, queue: of } = trigger as Extract<Trigger, { kind: 'queue' }>;
      const mappings = mappingOf(name);
      expect(mappings).toHaveLength(of === 'deadUploads' ? planners.length : 1);
      const ids = mappings.map((mapping) => mapping.EventSourceArn['Fn::GetAtt'][0]);
      if (of === 'deadUploads') expect(ids.sort()).toEqual(planners.map(deadLettersOf).sort());
      for (const mapping of mappings) {
        expect(mapping).toMatchObject({
          BatchSize: batchSize,
          ScalingConfig: { MaximumConcurrency: maxConcurrency },
          FunctionResponseTypes: ['ReportBatchItemFailures'],
        });
        const queue = new Map(resourcesOf(service, 'AWS::SQS::Queue')).get(mapping.EventSourceArn['Fn::GetAtt'][0]);
        expect(queue?.Properties.RedrivePolicy?.maxReceiveCount).toBe(of === 'chunks' ? 5 : undefined);
        expect(queue?.Properties.VisibilityTimeout).toBeGreaterThanOrEqual(6 * functionOf(name)[1].Properties.Timeout);
      }
    },
    stream: (name: string, trigger: object) => {
      const { batchSize, filter, window } = trigger as Extract<Trigger, { kind: 'stream' }>;
      const [mapping] = mappingOf(name);
      expect(mapping).toMatchObject({
        BatchSize: batchSize,
        BisectBatchOnFunctionError: true,
        ParallelizationFactor: 1,
        StartingPosition: 'TRIM_HORIZON',
      });
      expect(mapping.EventSourceArn['Fn::ImportValue']).toContain('StreamArn');
      expect([mapping.MaximumRetryAttempts, mapping.TumblingWindowInSeconds]).toEqual(
        window === undefined ? [10, undefined] : [undefined, window.tumblingSeconds],
      );
      expect(mapping.DestinationConfig.OnFailure.Destination['Fn::GetAtt'][0]).toContain('DeadLetters');
      expect(JSON.parse(mapping.FilterCriteria.Filters[0].Pattern)).toEqual(filter);
    },
  };

  it.each(consumers.map(({ settings, trigger }) => [settings.name, trigger] as const))(
    '%s is woken',
    (name, trigger) => {
      expect.hasAssertions();
      checks[trigger.kind](name, trigger);
    },
  );

  it('of the stream is one of two, as many as read a shard without slowing each other', () => {
    expect(consumers.filter(({ trigger }) => trigger.kind === 'stream').map(({ settings }) => settings.name)).toEqual([
      'relay',
      'aggregate',
    ]);
  });

  it('is woken by nothing else', () => {
    const wakers = [...properties('AWS::Lambda::EventSourceMapping'), ...properties('AWS::Events::Rule')];
    expect(wakers).toHaveLength(consumers.length + planners.length - 1);
  });

  it('of uploads is told apart by the queue of what it gives up', () => {
    const [, { Properties }] = functionOf('fail-planning');
    const [separator, parts] = Properties.Environment.Variables.DEAD_UPLOAD_QUEUES['Fn::Join'];
    const told = parts.map((part: string | { 'Fn::GetAtt': string[] }) =>
      typeof part === 'string' ? part : part['Fn::GetAtt'].join('.'),
    );
    expect(told.join(separator)).toBe(planners.map((name) => `${name}=${deadLettersOf(name)}.Arn`).join(' '));
    expect(planners.toSorted()).toEqual(knownPlanners.map(({ name }) => name).toSorted());
  });
});

describe('the alarms', () => {
  const watched = () =>
    properties('AWS::CloudWatch::Alarm').map(({ MetricName, Dimensions }) => [MetricName, JSON.stringify(Dimensions)]);

  it('watch every dead letter queue', () => {
    const queues = resourcesOf(service, 'AWS::SQS::Queue').filter(([id]) => id.includes('DeadLetters'));
    expect(queues).toHaveLength(6);
    for (const [id] of queues) {
      expect(
        watched().filter(([metric, of]) => metric === 'ApproximateNumberOfMessagesVisible' && of?.includes(id)),
      ).toHaveLength(1);
    }
  });

  it('watch errors and throttles of every function, the lag of the stream, the table and the API', () => {
    for (const [id] of resourcesOf(service, 'AWS::Lambda::Function')) {
      const metrics = watched().flatMap(([metric, of]) => (of?.includes(id) ? [metric] : []));
      expect(metrics).toEqual(expect.arrayContaining(['Errors', 'Throttles']));
    }
    const metrics = watched().map(([metric]) => metric);
    expect(metrics).toEqual(
      expect.arrayContaining(['IteratorAge', 'WriteThrottleEvents', 'ReadThrottleEvents', '5xx']),
    );
  });

  it('all ring', () => {
    expect(properties('AWS::CloudWatch::Alarm').filter(({ AlarmActions }) => AlarmActions?.length !== 1)).toEqual([]);
  });
});
