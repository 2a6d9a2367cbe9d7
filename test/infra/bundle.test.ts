import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bundleFunctions, functionNames } from '../../infra/bundle.ts';

const folder = mkdtempSync(join(tmpdir(), 'hangar-bundles-'));
const run = promisify(execFile);
const pathOf = (name: string) => join(folder, name, 'index.cjs');

const environment = {
  AWS_REGION: 'eu-west-1',
  AWS_ACCESS_KEY_ID: 'AKIASKYWAYS',
  AWS_SECRET_ACCESS_KEY: 'secret',
  AWS_SESSION_TOKEN: 'session-of-the-role',
  TABLE_NAME: 'skyways',
  UPLOADS_BUCKET: 'uploads',
  DATA_BUCKET: 'data',
  CHUNK_QUEUE_URL: 'http://127.0.0.1:1/chunks',
  BUS_NAME: 'skyways',
  CURSOR_SECRET: 'only-for-this-test',
  HOME_TENANT: 'skyways',
  DEAD_UPLOAD_QUEUES: 'x=y',
};

beforeAll(() => bundleFunctions(functionNames, folder));
afterAll(() => rmSync(folder, { recursive: true }));

describe('the bundle of every function', () => {
  it.each(functionNames)('%s loads as Lambda loads it, from one file, and exports a handler', async (name) => {
    const code = `console.log(typeof require(${JSON.stringify(pathOf(name))}).handler)`;
    const { stdout } = await run(process.execPath, ['--eval', code], { env: environment, cwd: folder });
    expect(stdout.trim()).toBe('function');
    expect(readFileSync(pathOf(name), 'utf8')).not.toContain('sourceMappingURL=');
  });
});

const requestOf = (routeKey: string, more: object = {}) => ({
  routeKey,
  headers: {},
  requestContext: {
    requestId: 'request-1',
    authorizer: { jwt: { claims: { sub: 'me', tenant: 'skyways', roles: 'admin' } } },
  },
  ...more,
});

/** What the bundle of an API function answers, in a process of its own. */
const answerOf = async (name: string, event: object, more: Record<string, string> = {}) => {
  const code = `require(${JSON.stringify(pathOf(name))}).handler(${JSON.stringify(event)}, {})
    .then((answer) => console.log('ANSWER ' + JSON.stringify(answer)));`;
  const { stdout } = await run(process.execPath, ['--eval', code], { env: { ...environment, ...more } });
  return { ...JSON.parse(stdout.split('ANSWER ')[1] ?? '{}'), logged: stdout };
};

describe('the bundles of the planners', () => {
  /** Words that stand in one library or one format only. */
  const words = {
    'plan-documents': ['YAMLException', 'unclosed tag', 'no-neighbours'],
    'plan-import': ['kubectl get -o json', 'No facts of a host stand here'],
    'plan-registers': ['CSV_INVALID_CLOSING_QUOTE', 'No device of Intune'],
  };
  it('hold each the parsers and mappers of its own formats, and none of the others', () => {
    const codes = Object.keys(words).map((name) => [name, readFileSync(pathOf(name), 'utf8')] as const);
    for (const [owner, marks] of Object.entries(words)) {
      for (const [name, code] of codes) {
        const found = marks.filter((mark) => code.includes(mark));
        expect([name, owner, found]).toEqual([name, owner, name === owner ? marks : []]);
      }
    }
  });
});

describe('a bundled function', () => {
  it('reaches DynamoDB without the parts of the SDK that are left out', async () => {
    const requests: IncomingMessage[] = [];
    const dynamo = createServer((request, response) => {
      requests.push(request);
      request.resume();
      response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' }).end('{}');
    });
    await new Promise<void>((resolve) => dynamo.listen(0, '127.0.0.1', resolve));
    const event = requestOf('GET /assets/{assetId}', { pathParameters: { assetId: `ast_${'a'.repeat(26)}` } });
    try {
      const { port } = dynamo.address() as AddressInfo;
      const answer = await answerOf('assets', event, { AWS_ENDPOINT_URL_DYNAMODB: `http://127.0.0.1:${port}` });
      expect([answer.statusCode, answer.logged.includes('"level":"error"')]).toEqual([404, false]);
    } finally {
      dynamo.close();
    }
    expect(requests.map(({ headers }) => headers['x-amz-target'])).toContain('DynamoDB_20120810.GetItem');
    expect(requests[0]?.headers.authorization).toContain('Credential=AKIASKYWAYS/');
    expect(requests[0]?.headers['x-amz-security-token']).toBe('session-of-the-role');
  });

  it('names what is wrong with a request, by the bounds of its schemas', async () => {
    const body = JSON.stringify({ name: 'x'.repeat(301), purchaseCost: { minor: 1.5, currency: 'euro' }, seats: -1 });
    const { statusCode, body: text } = await answerOf('assets', requestOf('POST /assets', { body }));
    const pointers = JSON.parse(text).errors.map(({ pointer }: { pointer: string }) => pointer);
    expect(statusCode).toBe(400);
    expect(pointers.sort()).toEqual(
      ['currency', 'minor']
        .map((name) => `#/body/purchaseCost/${name}`)
        .concat('#/body/name', '#/body/seats')
        .sort(),
    );
  });

  it('still tells the contract, where that is its task', async () => {
    const { statusCode, body } = await answerOf('platform', requestOf('GET /openapi.json'));
    const { openapi, components } = JSON.parse(body);
    expect([statusCode, openapi]).toEqual([200, '3.1.0']);
    expect(components.schemas.Asset.properties.name).toEqual({ type: 'string', maxLength: 300 });
  });
});
