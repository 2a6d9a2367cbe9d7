import { HttpApi, HttpMethod, HttpNoneAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { Operation } from '../../functions/http/operation.ts';
import { accept } from '../nag.ts';
import { type Watch, watchApi } from '../watches.ts';
import { ApiStage } from './api-stage.ts';

type Props = {
  name: string;
  tokens: { issuer: string; audience: string };
  functions: readonly { name: string; handler: IFunction; operations: readonly Operation[] }[];
};

/** The HTTP API: one route per operation and no other. The gateway checks the token; what it allows is the function's business. */
export class HangarApi extends Construct {
  readonly url: string;
  readonly watches: Watch[];

  constructor(scope: Construct, id: string, { name, tokens, functions }: Props) {
    super(scope, id);
    const api = new HttpApi(this, 'Http', { apiName: name, createDefaultStage: false });
    new ApiStage(this, 'Stage', { api });
    this.url = api.apiEndpoint;
    this.watches = [watchApi(api)];
    const jwt = new HttpJwtAuthorizer('Jwt', tokens.issuer, { jwtAudience: [tokens.audience] });
    for (const { name, handler, operations } of functions) {
      const integration = new HttpLambdaIntegration(name, handler);
      for (const { route, permission } of operations) {
        const [method, path] = route.split(' ') as [HttpMethod, string];
        const open = permission === 'public';
        const authorizer = open ? new HttpNoneAuthorizer() : jwt;
        const routes = api.addRoutes({ path, methods: [HttpMethod[method]], integration, authorizer });
        for (const made of open ? routes : []) accept(made, 'AwsSolutions-APIG4');
      }
    }
  }
}
