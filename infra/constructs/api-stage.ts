import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import { type HttpApi, HttpStage, LogGroupLogDestination } from 'aws-cdk-lib/aws-apigatewayv2';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';

/** One JSON object per request. No header, query or body: what people send does not belong into logs. */
const line = {
  requestId: '$context.requestId',
  time: '$context.requestTime',
  route: '$context.routeKey',
  status: '$context.status',
  latencyMs: '$context.responseLatency',
  bytes: '$context.responseLength',
  ip: '$context.identity.sourceIp',
  subject: '$context.authorizer.claims.sub',
  error: '$context.error.message',
  integrationError: '$context.integrationErrorMessage',
};

/** The only stage of the API: every change is live at once; requests are logged and throttled. */
export class ApiStage extends Construct {
  constructor(scope: Construct, id: string, { api }: { api: HttpApi }) {
    super(scope, id);
    const logs = new LogGroup(this, 'AccessLogs', {
      retention: RetentionDays.ONE_YEAR,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    new HttpStage(this, 'Default', {
      httpApi: api,
      autoDeploy: true,
      throttle: { rateLimit: 500, burstLimit: 1000 },
      detailedMetricsEnabled: true,
      accessLogSettings: {
        destination: new LogGroupLogDestination(logs),
        format: AccessLogFormat.custom(JSON.stringify(line)),
      },
    });
  }
}
