import { describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { problemTypes } from '../../domain/shared/problem.ts';
import { describeApi } from '../../functions/http/openapi.ts';
import { defineOperation } from '../../functions/http/operation.ts';
import { allOperations } from '../../functions/platform/all-operations.ts';
import { noTable } from '../../functions/platform/no-table.ts';
import { apiFunctions } from '../../infra/application.ts';
import packageJson from '../../package.json' with { type: 'json' };
import { startApp } from '../support/app.ts';

const Reference = z.strictObject({ $ref: z.string() });
const Parameter = z.strictObject({
  name: z.string(),
  in: z.enum(['path', 'query', 'header']),
  required: z.boolean(),
  description: z.string().optional(),
  schema: z.looseObject({}),
});
const Content = z.record(z.string(), z.strictObject({ schema: z.looseObject({}) }));

/** The shape of an OpenAPI 3.1 document, as far as this API uses it. */
const Document = z.strictObject({
  openapi: z.literal('3.1.0'),
  info: z.strictObject({ title: z.string(), version: z.string(), description: z.string() }),
  paths: z.record(
    z.string().startsWith('/'),
    z.partialRecord(
      z.enum(['get', 'post', 'put', 'patch', 'delete']),
      z.strictObject({
        operationId: z.string(),
        summary: z.string().min(1),
        tags: z.array(z.string().min(1)),
        security: z.array(z.record(z.string(), z.array(z.string()))),
        'x-permission': z.string().optional(),
        parameters: z.array(Parameter),
        requestBody: z.strictObject({ required: z.literal(true), content: Content }).optional(),
        responses: z.record(
          z.string().regex(/^[2-5]\d\d$/),
          z.strictObject({
            description: z.string().min(1),
            headers: z.record(z.string(), z.looseObject({})).optional(),
            content: Content,
          }),
        ),
      }),
    ),
  ),
  components: z.strictObject({
    schemas: z.record(z.string().regex(/^[\w.-]+$/), z.looseObject({})),
    securitySchemes: z.record(z.string(), z.looseObject({ type: z.literal('http') })),
  }),
});

const referencesIn = (node: unknown): string[] => {
  if (typeof node !== 'object' || node === null) return [];
  const own = Reference.partial().safeParse(node);
  const found = own.success && own.data.$ref !== undefined ? [own.data.$ref] : [];
  return [...found, ...Object.values(node).flatMap(referencesIn)];
};

describe('GET /openapi.json', () => {
  it('is an OpenAPI 3.1 document that holds together', async () => {
    const { body, status } = await startApp().call('getOpenApi');
    expect(status).toBe(200);
    const document = Document.parse(body);
    const known = Object.keys(document.components.schemas).map((id) => `#/components/schemas/${id}`);
    expect(referencesIn(body).filter((reference) => !known.includes(reference))).toEqual([]);
    expect(JSON.stringify(body)).not.toMatch(/\$defs|"\$schema"/);
    for (const [path, item] of Object.entries(document.paths)) {
      const steps = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      for (const { parameters } of Object.values(item)) {
        const declared = parameters.filter((one) => one.in === 'path').map(({ name }) => name);
        expect([path, declared]).toEqual([path, steps]);
      }
    }
  });

  it('tells of every deployed operation: its security, headers and problems', async () => {
    const deployed = apiFunctions.flatMap(({ operations }) => Object.entries(operations));
    expect(allOperations.map(({ route }) => route).sort()).toEqual(deployed.map(([, { route }]) => route).sort());
    expect(deployed.filter(([name, { id }]) => name !== id)).toEqual([]);
    const { paths } = Document.parse((await startApp().call('getOpenApi')).body);
    for (const { id, route, permission, problems, success } of allOperations) {
      const [method = '', path = ''] = route.split(' ');
      const described = paths[path]?.[method.toLowerCase() as 'get'];
      if (described === undefined) throw new Error(`${id} is not described`);
      const headers = described.parameters.filter((one) => one.in === 'header').map(({ name }) => name);
      expect(described.operationId).toBe(id);
      expect(described['x-permission']).toBe(permission === 'public' ? undefined : permission);
      expect(described.security).toHaveLength(permission === 'public' ? 0 : 1);
      expect(headers).toEqual(method === 'POST' ? ['Idempotency-Key'] : method === 'GET' ? [] : ['If-Match']);
      expect(Object.keys(described.responses)).toContain(String(success.status));
      for (const code of problems)
        expect(Object.keys(described.responses)).toContain(String(problemTypes[code].status));
    }
  });

  it('cannot be written when two schemas carry one name', () => {
    const operation = (id: string, size: z.ZodType) =>
      defineOperation({
        id,
        route: `GET /${id}`,
        summary: id,
        permission: 'public',
        success: { status: 200, schema: z.strictObject({ thing: z.strictObject({ size }).meta({ id: 'TestThing' }) }) },
        problems: [],
      });
    expect(() => describeApi([operation('one', z.int())], '1')).not.toThrow();
    expect(() => describeApi([operation('one', z.int()), operation('two', z.string())], '1')).toThrow(/TestThing/);
  });
});

describe('the platform', () => {
  it('is healthy and names its version, without a token and without a table', async () => {
    const { call } = startApp(noTable);
    const answer = await call('getHealth', { tenant: '' });
    expect(answer.body).toEqual({ status: 'ok', version: packageJson.version });
    expect((await call('getHealth', { query: { x: '1' } })).status).toBe(400);
    expect((await call('listAssets')).status).toBe(500);
  });
});

describe('POST /uploads', () => {
  it('signs one exact key per request, under the tenant, whatever the file name', async () => {
    const { call } = startApp();
    const body = { source: 'glpi', fileName: '../../etc/päss wd.json', contentType: 'application/json', mode: 'plan' };
    const headers = { 'idempotency-key': 'upload-1' };
    const first = await call('createUpload', { body, headers });
    expect(first.status).toBe(201);
    expect(first.body.key).toMatch(/^discovery\/glpi\/[a-z2-7]{16}\/p-ss-wd\.json$/);
    expect(first.body.fields).toEqual({
      'Content-Type': 'application/json',
      'x-amz-meta-mode': 'plan',
      key: first.body.key,
    });
    expect(Date.parse(first.body.expiresAt)).toBe(Date.parse('2026-01-01T00:15:01.000Z'));
    expect((await call('createUpload', { body, headers })).body).toEqual(first.body);
    expect((await call('createUpload', { body })).body.key).not.toBe(first.body.key);
    const other = await call('createUpload', { body: { source: 'glpi', fileName: '...' }, tenant: 'rivals' });
    expect(other.body.key).toMatch(/^tenants\/rivals\/discovery\/glpi\/[a-z2-7]{16}\/upload$/);
  });

  it('refuses sources that are no source name, or that stand for people', async () => {
    const { call } = startApp();
    for (const source of ['manual', '../x', 'a/b', '', 'A']) {
      const answer = await call('createUpload', { body: { source, fileName: 'a.json' } });
      expect(answer.body.errors[0].pointer).toBe('#/body/source');
    }
  });
});
