import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, type Code, Function as LambdaFunction, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { FunctionSettings } from '../../functions/shared/environment.ts';
import { objectsOf, statementsOf } from '../access.ts';
import { accept, acceptWildcards } from '../nag.ts';
import type { Resources } from '../resources.ts';
import { type Watch, watchFunction } from '../watches.ts';

type Props = {
  settings: FunctionSettings;
  resources: Resources;
  codeOf: (name: string) => Code;
  /** What the role needs besides the settings' own access: to be woken by its trigger. */
  wakeAccess?: PolicyStatement[];
};

/** Seconds. Just under the 30 s that the gateway waits for an answer. */
export const defaultTimeout = 29;

/** One function as its settings describe it, with a role and a log group of its own. Nothing else ever adds to the role. */
export class ServiceFunction extends Construct {
  readonly handler: LambdaFunction;
  readonly watches: Watch[];

  constructor(scope: Construct, id: string, { settings, resources, codeOf, wakeAccess = [] }: Props) {
    super(scope, id);
    const logGroup = new LogGroup(this, 'Logs', {
      retention: RetentionDays.THREE_MONTHS,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const statements = [
      new PolicyStatement({
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: [logGroup.logGroupArn],
      }),
      new PolicyStatement({ actions: ['xray:PutTelemetryRecords', 'xray:PutTraceSegments'], resources: ['*'] }),
      ...statementsOf(settings.access, resources),
      ...wakeAccess,
    ];
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      description: settings.purpose,
      inlinePolicies: { access: new PolicyDocument({ statements }) },
    });
    this.handler = new LambdaFunction(this, 'Function', {
      description: settings.purpose,
      code: codeOf(settings.name),
      handler: 'index.handler',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: settings.memoryMb ?? 512,
      timeout: Duration.seconds(settings.timeoutSeconds ?? defaultTimeout),
      environment: Object.fromEntries(settings.variables.map((name) => [name, resources.variables[name]])),
      tracing: Tracing.ACTIVE,
      role: role.withoutPolicyUpdates(),
      logGroup,
    });
    this.watches = watchFunction(settings.name, this.handler);
    acceptWildcards(role, objectsOf(resources));
    accept(role, 'Serverless-LambdaStarPermissions');
    accept(this.handler, 'Serverless-LambdaDLQ');
  }
}
