import type { APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import type { Role } from '../../domain/access/permissions.ts';
import { assetsHandlers } from '../../functions/assets/handlers.ts';
import { assetsOperations } from '../../functions/assets/operations.ts';
import { baselinesHandlers } from '../../functions/baselines/handlers.ts';
import { baselinesOperations } from '../../functions/baselines/operations.ts';
import { bindingsHandlers } from '../../functions/bindings/handlers.ts';
import { bindingsOperations } from '../../functions/bindings/operations.ts';
import { cisHandlers } from '../../functions/cis/handlers.ts';
import { cisOperations } from '../../functions/cis/operations.ts';
import { dataHealthHandlers } from '../../functions/data-health/handlers.ts';
import { dataHealthOperations } from '../../functions/data-health/operations.ts';
import { driftHandlers } from '../../functions/drift/handlers.ts';
import { driftOperations } from '../../functions/drift/operations.ts';
import { graphHandlers } from '../../functions/graph/handlers.ts';
import { graphOperations } from '../../functions/graph/operations.ts';
import { needsIdempotencyKey, type Operation } from '../../functions/http/operation.ts';
import type { HttpEvent } from '../../functions/http/request.ts';
import { serve } from '../../functions/http/serve.ts';
import { lookupHandlers } from '../../functions/lookup/handlers.ts';
import { lookupOperations } from '../../functions/lookup/operations.ts';
import { mapsHandlers, mapsRenderings } from '../../functions/maps/handlers.ts';
import { mapsOperations } from '../../functions/maps/operations.ts';
import { mergesHandlers } from '../../functions/merges/handlers.ts';
import { mergesOperations } from '../../functions/merges/operations.ts';
import { modelHandlers } from '../../functions/model/handlers.ts';
import { modelOperations } from '../../functions/model/operations.ts';
import type { ObjectStore } from '../../functions/objects/object-store.ts';
import { platformHandlers } from '../../functions/platform/handlers.ts';
import { platformOperations } from '../../functions/platform/operations.ts';
import { reconciliationHandlers } from '../../functions/reconciliation/handlers.ts';
import { reconciliationOperations } from '../../functions/reconciliation/operations.ts';
import { relationshipsHandlers } from '../../functions/relationships/handlers.ts';
import { relationshipsOperations } from '../../functions/relationships/operations.ts';
import { createLog } from '../../functions/shared/log.ts';
import { sightingsHandlers } from '../../functions/sightings/handlers.ts';
import { sightingsOperations } from '../../functions/sightings/operations.ts';
import { softwareHandlers } from '../../functions/software/handlers.ts';
import { softwareOperations } from '../../functions/software/operations.ts';
import { sourcesHandlers } from '../../functions/sources/handlers.ts';
import { sourcesOperations } from '../../functions/sources/operations.ts';
import { toHistory } from '../../functions/store/history.ts';
import type { Table } from '../../functions/store/table.ts';
import { swapsHandlers } from '../../functions/swaps/handlers.ts';
import { swapsOperations } from '../../functions/swaps/operations.ts';
import { unknownDevicesHandlers } from '../../functions/unknown-devices/handlers.ts';
import { unknownDevicesOperations } from '../../functions/unknown-devices/operations.ts';
import { uploadsHandlers } from '../../functions/uploads/handlers.ts';
import { uploadsOperations } from '../../functions/uploads/operations.ts';
import { memoryObjects } from './memory-objects.ts';
import { type MemoryTable, memoryTable } from './memory-table.ts';

const operations = {
  ...assetsOperations,
  ...cisOperations,
  ...relationshipsOperations,
  ...bindingsOperations,
  ...swapsOperations,
  ...graphOperations,
  ...mapsOperations,
  ...reconciliationOperations,
  ...baselinesOperations,
  ...dataHealthOperations,
  ...driftOperations,
  ...mergesOperations,
  ...lookupOperations,
  ...modelOperations,
  ...platformOperations,
  ...uploadsOperations,
  ...softwareOperations,
  ...sourcesOperations,
  ...sightingsOperations,
  ...unknownDevicesOperations,
};
export type OperationName = keyof typeof operations;

/** `headers` replace what a good client sends by itself: a fresh Idempotency-Key on a POST; `null` leaves a header out. */
export type Request = {
  path?: Record<string, string>;
  query?: Record<string, string>;
  body?: unknown;
  headers?: Record<string, string | null>;
  roles?: Role[] | string;
  tenant?: string | undefined;
  subject?: string;
};

// biome-ignore lint/suspicious/noExplicitAny: tests read answers by their field names; the contract is checked where they are made
export type Answer = { status: number; headers: Record<string, string>; body: any };

/**
 * The API in memory: the real handlers behind the real request path, on any table, with a clock that moves a second per request, or as
 * `millisecondsAt` has it move with the number of requests.
 */
export const startApp = <T extends Table = MemoryTable>(
  table: T = memoryTable() as unknown as T,
  millisecondsAt = (requests: number): number => requests * 1000,
  data: ObjectStore = memoryObjects().store,
) => {
  const logged: string[] = [];
  let requests = 0;
  const context = {
    table,
    log: createLog({}, (line) => logged.push(line)),
    cursorSecret: 'a secret for tests only',
    clock: () => new Date(Date.parse('2026-01-01T00:00:00.000Z') + millisecondsAt(requests)),
    homeTenant: 'skyways',
    data,
    presign: async ({ key, fields }: { key: string; fields: Record<string, string> }) => ({
      url: 'https://uploads.example/',
      fields: { ...fields, key },
    }),
  };
  const handler = serve(
    operations,
    {
      ...assetsHandlers,
      ...cisHandlers,
      ...relationshipsHandlers,
      ...bindingsHandlers,
      ...swapsHandlers,
      ...graphHandlers,
      ...mapsHandlers,
      ...reconciliationHandlers,
      ...baselinesHandlers,
      ...dataHealthHandlers,
      ...driftHandlers,
      ...mergesHandlers,
      ...lookupHandlers,
      ...modelHandlers,
      ...platformHandlers,
      ...uploadsHandlers,
      ...softwareHandlers,
      ...sourcesHandlers,
      ...sightingsHandlers,
      ...unknownDevicesHandlers,
    },
    context,
    mapsRenderings,
  );

  const call = async (name: OperationName, request: Request = {}): Promise<Answer> => {
    requests += 1;
    const event = eventFor(operations[name], request, requests);
    const result = (await handler(event, {} as Context)) as APIGatewayProxyStructuredResultV2;
    return {
      status: result.statusCode ?? 0,
      headers: (result.headers ?? {}) as Record<string, string>,
      body: readBody(result),
    };
  };

  /** What the relay does for every new version, in one go: a history item for each entity as it stands. */
  const keepHistory = async () => {
    const entities = (table as unknown as MemoryTable)
      .items()
      .filter((item) => item.c !== undefined && item.e !== 'history');
    const puts = entities.map((item) => toHistory(item, (item.c as { at: string }).at));
    await table.writeEach(puts.map((put) => ({ put, expect: 'any' })));
  };

  return { table, call, keepHistory, logged };
};

/** JSON, or the text itself of an answer in another form. */
const readBody = ({ headers, body = 'null' }: APIGatewayProxyStructuredResultV2): unknown =>
  String(headers?.['content-type']).endsWith('json') ? JSON.parse(body) : body;

const eventFor = (operation: Operation, request: Request, number: number): HttpEvent => {
  const { path = {}, query, body, roles = ['admin'], tenant = 'skyways', subject = 'kim' } = request;
  const given = {
    ...(needsIdempotencyKey(operation) ? { 'idempotency-key': `key-${number}` } : {}),
    ...request.headers,
  };
  const headers = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null));
  const claims = { sub: subject, tenant, roles };
  return {
    version: '2.0',
    routeKey: operation.route,
    headers,
    pathParameters: path,
    ...(query === undefined ? {} : { queryStringParameters: query }),
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    requestContext: { requestId: `request-${number}`, authorizer: { jwt: { claims } } },
    isBase64Encoded: false,
  } as unknown as HttpEvent;
};
