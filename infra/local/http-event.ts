import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { APIGatewayProxyEventV2WithJWTAuthorizer } from 'aws-lambda';
import type { FoundRoute } from './routes.ts';

/** The parts of a request from which its event is made. `claims` is missing on public routes. */
export type GatewayRequest = {
  message: IncomingMessage;
  url: URL;
  route: FoundRoute;
  body: Buffer;
  claims: Record<string, string> | undefined;
};

const textual = /^(text\/|application\/(json|javascript|xml|[\w.+-]+\+(json|xml)))/i;

/** The event of an HTTP API, payload format 2.0: lower-case headers, repeated values joined by commas, absent parts left out. */
export const gatewayEvent = ({
  message,
  url,
  route,
  body,
  claims,
}: GatewayRequest): APIGatewayProxyEventV2WithJWTAuthorizer => {
  const headers = Object.fromEntries(
    Object.entries(message.headers).flatMap(([name, value]) =>
      name === 'cookie' || value === undefined ? [] : [[name, Array.isArray(value) ? value.join(',') : value]],
    ),
  );
  const query: Record<string, string> = {};
  for (const [name, value] of url.searchParams) {
    query[name] = query[name] === undefined ? value : `${query[name]},${value}`;
  }
  const isBase64Encoded = body.length > 0 && !textual.test(headers['content-type'] ?? '');
  const now = new Date();
  const authorizer = { principalId: '', integrationLatency: 0, jwt: { claims: claims ?? {}, scopes: null } };
  const event = {
    version: '2.0',
    routeKey: route.key,
    rawPath: url.pathname,
    rawQueryString: url.search.slice(1),
    ...(message.headers.cookie === undefined ? {} : { cookies: message.headers.cookie.split(/;\s*/) }),
    headers,
    ...(Object.keys(query).length === 0 ? {} : { queryStringParameters: query }),
    requestContext: {
      accountId: '000000000000',
      apiId: 'local',
      ...(claims === undefined ? {} : { authorizer }),
      domainName: url.hostname,
      domainPrefix: 'local',
      http: {
        method: message.method ?? '',
        path: url.pathname,
        protocol: `HTTP/${message.httpVersion}`,
        sourceIp: message.socket.remoteAddress ?? '',
        userAgent: message.headers['user-agent'] ?? '',
      },
      requestId: randomUUID(),
      routeKey: route.key,
      stage: '$default',
      time: now.toUTCString().replace(/^\w+, (\d+) (\w+) (\d+) ([\d:]+) GMT$/, '$1/$2/$3:$4 +0000'),
      timeEpoch: now.getTime(),
    },
    ...(Object.keys(route.pathParameters).length === 0 ? {} : { pathParameters: route.pathParameters }),
    ...(body.length === 0 ? {} : { body: body.toString(isBase64Encoded ? 'base64' : 'utf8') }),
    isBase64Encoded,
  };
  return event as APIGatewayProxyEventV2WithJWTAuthorizer;
};
