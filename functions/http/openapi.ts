import type * as z from 'zod';
import { type ProblemCode, problemTypes } from '../../domain/shared/problem.ts';
import { collectSchemas, type JsonSchema } from './openapi-schemas.ts';
import { needsIdempotencyKey, needsIfMatch, type Operation } from './operation.ts';

type Schemas = ReturnType<typeof collectSchemas>;

/** The contract of the API as an OpenAPI 3.1 document, written from the same declarations that answer the requests. */
export const describeApi = (operations: readonly Operation[], version: string) => {
  const schemas = collectSchemas();
  const paths: Record<string, Record<string, unknown>> = {};
  for (const operation of operations) {
    const [method = '', path = ''] = operation.route.split(' ');
    paths[path] = { ...paths[path], [method.toLowerCase()]: describeOperation(operation, schemas) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Hangar',
      version,
      description: 'IT assets and configuration items, filled by one discovery import.',
    },
    paths,
    components: {
      schemas: { ...schemas.components, Problem: problemSchema },
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
    },
  };
};

const describeOperation = (operation: Operation, schemas: Schemas) => ({
  operationId: operation.id,
  summary: operation.summary,
  tags: [operation.route.split('/')[1]?.replace('.json', '') ?? ''],
  ...(operation.permission === 'public'
    ? { security: [] }
    : { security: [{ bearer: [] }], 'x-permission': operation.permission }),
  parameters: [
    ...parametersIn('path', operation.path, schemas),
    ...parametersIn('query', operation.query, schemas),
    ...headersOf(operation),
  ],
  ...(operation.body === undefined
    ? {}
    : {
        requestBody: {
          required: true,
          content: { 'application/json': { schema: schemas.add(operation.body, 'input') } },
        },
      }),
  responses: { [operation.success.status]: describeSuccess(operation, schemas), ...describeProblems(operation) },
});

const parametersIn = (place: 'path' | 'query', schema: z.ZodObject | undefined, schemas: Schemas) =>
  Object.entries(schema?.shape ?? {}).map(([name, part]) => {
    const required = place === 'path' || !(part as z.ZodType).safeParse(undefined).success;
    return { name, in: place, required, schema: schemas.add(part as z.ZodType, 'input') };
  });

const headersOf = (operation: Operation) => [
  ...(needsIdempotencyKey(operation)
    ? [header('Idempotency-Key', 'Unique for this intent; the same one when you try again.')]
    : []),
  ...(needsIfMatch(operation) ? [header('If-Match', 'The ETag of the version you read, for example "v3".')] : []),
];

const header = (name: string, description: string) => ({
  name,
  in: 'header',
  required: true,
  description,
  schema: { type: 'string', minLength: 1 },
});

const describeSuccess = ({ summary, success }: Operation, schemas: Schemas) => ({
  description: summary,
  headers: {
    'X-Request-Id': { schema: { type: 'string' } },
    ...(success.location === undefined ? {} : { Location: { schema: { type: 'string' } } }),
  },
  content: {
    'application/json': { schema: schemas.add(success.schema, 'output') },
    ...Object.fromEntries((success.alternatives ?? []).map((type) => [type, { schema: text }])),
  },
});

/** What every request can meet, by its method and permission, beside what the operation itself declares. */
const problemsOf = (operation: Operation): ProblemCode[] => [
  ...new Set<ProblemCode>([
    ...operation.problems,
    'internal',
    ...((operation.path ?? operation.query ?? operation.body) ? (['invalid-request'] as const) : []),
    ...(operation.success.alternatives === undefined ? [] : (['not-acceptable'] as const)),
    ...(operation.permission === 'public' ? [] : (['unauthenticated', 'forbidden'] as const)),
    ...(operation.body === undefined ? [] : (['payload-too-large'] as const)),
    ...(needsIdempotencyKey(operation)
      ? (['idempotency-key-required', 'idempotency-key-reused', 'too-many-requests'] as const)
      : []),
    ...(needsIfMatch(operation) ? (['precondition-required', 'version-conflict', 'too-many-requests'] as const) : []),
  ]),
];

const describeProblems = (operation: Operation): Record<string, JsonSchema> => {
  const byStatus = new Map<number, ProblemCode[]>();
  for (const code of problemsOf(operation)) {
    const { status } = problemTypes[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [
      status,
      {
        description: codes.map((code) => `${code}: ${problemTypes[code].title}`).join('; '),
        // The gateway's authorizer answers before any function of ours does, in its own form.
        content:
          status === 401
            ? {
                'application/json': {
                  schema: { type: 'object', properties: { message: text }, required: ['message'] },
                },
              }
            : { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    ]),
  );
};

const text = { type: 'string' };

const problemSchema: JsonSchema = {
  type: 'object',
  description: 'RFC 9457. `type` is stable; `errors` point into the request.',
  properties: {
    type: { ...text, enum: Object.keys(problemTypes).map((code) => `urn:hangar:problem:${code}`) },
    title: text,
    status: { type: 'integer' },
    detail: text,
    fix: text,
    mergedInto: text,
    errors: {
      type: 'array',
      items: { type: 'object', properties: { pointer: text, detail: text }, required: ['pointer', 'detail'] },
    },
    requestId: text,
  },
  required: ['type', 'title', 'status', 'detail', 'requestId'],
};
