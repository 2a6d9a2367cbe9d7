import { readFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { APIGatewayProxyEventV2WithJWTAuthorizer } from 'aws-lambda';
import { generateKeyPair, importJWK, SignJWT } from 'jose';
import { audience, issuerUrl } from '../../infra/local/issuer.ts';
import type { LocalStack } from '../../infra/local/local-stack.ts';
import { listenFrom } from '../../infra/local/ports.ts';
import { compileRoutes } from '../../infra/local/routes.ts';
import { startLocalStack } from '../../infra/local/stack.ts';
import { toyApi, toyHandlers } from '../support/toy-functions.ts';

const toys = toyHandlers({
  toys: async (event) => {
    const { rawPath, pathParameters } = event as APIGatewayProxyEventV2WithJWTAuthorizer;
    if (pathParameters?.toyId === 'broken') throw new Error('broken toy');
    if (pathParameters?.toyId === 'plain') return { plain: true };
    return { statusCode: 201, headers: { 'x-toy': rawPath }, cookies: ['a=1', 'b=2'], body: 'toy' };
  },
});
let stack: LocalStack;
let token: string;

beforeAll(async () => {
  const options = { ephemeral: true, log: 'quiet', apiFunctions: toyApi, consumers: [] } as const;
  stack = await startLocalStack({ ...options, loadHandler: toys.loadHandler });
  token = await stack.tokenFor('asset-manager');
});
afterAll(() => stack.stop());

const get = (path: string, authorization = `Bearer ${token}`, init: RequestInit = {}) =>
  fetch(`${stack.apiUrl}${path}`, { ...init, headers: { ...init.headers, authorization } });
const lastEvent = () => toys.calls.toys.at(-1) as APIGatewayProxyEventV2WithJWTAuthorizer;

describe('routes', () => {
  it('hand the request over in payload format 2.0', async () => {
    const headers = { 'X-Twice': 'a', cookie: 'one=1; two=2' };
    const response = await get('/toys/caf%C3%A9%2F1?tag=a&tag=b%20c&empty=', undefined, { headers });
    expect([response.status, response.headers.get('x-toy'), await response.text()]).toEqual([
      201,
      '/toys/caf%C3%A9%2F1',
      'toy',
    ]);
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    expect(lastEvent()).toMatchObject({
      version: '2.0',
      routeKey: 'GET /toys/{toyId}',
      rawPath: '/toys/caf%C3%A9%2F1',
      rawQueryString: 'tag=a&tag=b%20c&empty=',
      cookies: ['one=1', 'two=2'],
      headers: { 'x-twice': 'a' },
      queryStringParameters: { tag: 'a,b c', empty: '' },
      pathParameters: { toyId: 'café/1' },
      isBase64Encoded: false,
      requestContext: { http: { method: 'GET' }, stage: '$default' },
    });
    expect(lastEvent()).not.toHaveProperty('body');
  });

  it('prefer the more specific path, and refuse two operations on one', async () => {
    await get('/toys/new');
    expect(lastEvent().routeKey).toBe('GET /toys/new');
    expect(() => compileRoutes([...toyApi, ...toyApi])).toThrow(/same route/);
  });

  it('hand over text as text and everything else as base64', async () => {
    await get('/toys', undefined, {
      method: 'POST',
      body: '{"a":"ü"}',
      headers: { 'content-type': 'application/json' },
    });
    expect(lastEvent()).toMatchObject({ body: '{"a":"ü"}', isBase64Encoded: false });
    await get('/toys', undefined, {
      method: 'POST',
      body: new Uint8Array([0, 255]),
      headers: { 'content-type': 'image/x' },
    });
    expect(lastEvent()).toMatchObject({ body: 'AP8=', isBase64Encoded: true });
  });

  it.each([
    ['/nothing', 404, { message: 'Not Found' }],
    ['/toys/', 404, { message: 'Not Found' }],
    ['/toys/%E0%A4%A', 400, { message: 'Bad Request' }],
    ['/toys/broken', 500, { message: 'Internal Server Error' }],
    ['/toys/plain', 200, { plain: true }],
  ])('answer %s with %i', async (path, status, body) => {
    const response = await get(path);
    expect([response.status, await response.json()]).toEqual([status, body]);
  });

  it('refuse a body above 10 MB, without troubling the function', async () => {
    const before = toys.calls.toys.length;
    const response = await get('/toys', undefined, { method: 'POST', body: 'x'.repeat(10 * 1024 * 1024 + 1) });
    expect(response.status).toBe(413);
    expect(toys.calls.toys).toHaveLength(before);
  });

  it('survive a request line that is no address', async () => {
    const { hostname, port } = new URL(stack.apiUrl);
    const status = await new Promise((done, fail) => {
      const odd = request({ hostname, port, path: 'http://[', method: 'GET' }, (response) => done(response.statusCode));
      odd.on('error', fail).end();
    });
    expect(status).toBe(400);
    expect((await get('/health')).status).toBe(201);
  });
});

describe('ports', () => {
  it('are the next free ones when taken, and on loopback only', async () => {
    const servers = [createServer(), createServer()] as const;
    const first = await listenFrom(servers[0], 0);
    const second = await listenFrom(servers[1], first);
    expect(second).toBeGreaterThan(first);
    expect(servers[1].address()).toMatchObject({ address: '127.0.0.1' });
    for (const server of servers) server.close();
  });
});

describe('the authorizer', () => {
  it('hands over the claims of a good token as text, lists in brackets', async () => {
    const other = await stack.tokenFor('viewer', 'other-tenant');
    expect((await get('/toys/1', `Bearer ${other}`)).status).toBe(201);
    expect(lastEvent().requestContext.authorizer.jwt.claims).toMatchObject({
      sub: 'local-viewer',
      tenant: 'other-tenant',
      roles: '[viewer]',
      iss: issuerUrl,
      aud: audience,
    });
  });

  it('is not asked on public routes', async () => {
    expect((await fetch(`${stack.apiUrl}/health`)).status).toBe(201);
    expect(lastEvent().requestContext).not.toHaveProperty('authorizer');
  });

  const sign = async (key: Parameters<SignJWT['sign']>[0], odd: { aud?: string; iss?: string; exp?: string } = {}) => {
    const { aud = audience, iss = issuerUrl, exp = '1h' } = odd;
    const jwt = new SignJWT({ tenant: 'skyways', roles: ['admin'] }).setProtectedHeader({ alg: 'RS256' });
    if (exp !== '') jwt.setExpirationTime(exp);
    return `Bearer ${await jwt.setSubject('x').setIssuer(iss).setAudience(aud).sign(key)}`;
  };
  const ownKey = async () =>
    importJWK(JSON.parse(readFileSync(join(stack.dataDirectory, 'issuer.json'), 'utf8')), 'RS256');
  const unsigned = () => {
    const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const claims = { sub: 'x', tenant: 'skyways', roles: ['admin'], iss: issuerUrl, aud: audience, exp: 4e9 };
    return `${part({ alg: 'none' })}.${part(claims)}.`;
  };
  const refused: [string, () => string | Promise<string>][] = [
    ['nothing', () => ''],
    ['no token', () => 'Bearer x'],
    ['a token signed by another key', async () => sign((await generateKeyPair('RS256')).privateKey)],
    ['a token without signature', () => `Bearer ${unsigned()}`],
    ['a token with another signature', () => `Bearer ${token.slice(0, -8)}AAAAAAAA`],
  ];
  it.each(refused)('refuses %s', async (_what, authorization) => {
    const before = toys.calls.toys.length;
    const response = await get('/toys/1', await authorization());
    expect([response.status, await response.json()]).toEqual([401, { message: 'Unauthorized' }]);
    expect(toys.calls.toys).toHaveLength(before);
  });

  it.each([
    ['another audience', { aud: 'other' }],
    ['another issuer', { iss: 'https://elsewhere.example' }],
    ['an expired one', { exp: '-1 minute' }],
    ['one without end', { exp: '' }],
  ])('refuses a token of our own key: %s', async (_what, odd) => {
    expect((await get('/toys/1', await sign(await ownKey(), odd))).status).toBe(401);
    expect((await get('/toys/1', await sign(await ownKey()))).status).toBe(201);
  });
});
