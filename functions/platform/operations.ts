import * as z from 'zod';
import { defineOperation, type Operations } from '../http/operation.ts';

export const platformOperations = {
  getHealth: defineOperation({
    id: 'getHealth',
    route: 'GET /health',
    summary: 'Is the service up, and which version is it?',
    permission: 'public',
    success: {
      status: 200,
      schema: z.strictObject({ status: z.literal('ok'), version: z.string() }).meta({ id: 'Health' }),
    },
    problems: [],
  }),
  getOpenApi: defineOperation({
    id: 'getOpenApi',
    route: 'GET /openapi.json',
    summary: 'The contract of this API, as OpenAPI 3.1',
    permission: 'public',
    success: { status: 200, schema: z.looseObject({ openapi: z.string() }) },
    problems: [],
  }),
} satisfies Operations;
