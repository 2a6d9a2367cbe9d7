import type { APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { showAsset } from '../../domain/asset/asset-view.ts';
import { showCi } from '../../domain/ci/ci-view.ts';
import { canonical } from '../../domain/shared/canonical.ts';
import type { HttpEvent } from '../../functions/http/request.ts';
import { serve } from '../../functions/http/serve.ts';
import { importsHandlers } from '../../functions/imports/handlers.ts';
import { importsOperations } from '../../functions/imports/operations.ts';
import { runEntity } from '../../functions/plan-import/entities.ts';
import type { TableChange } from '../../functions/relay/relay.ts';
import { createLog } from '../../functions/shared/log.ts';
import { relayed } from './import-relay.ts';
import { importRig, rigTenant, type Wrap } from './import-rig.ts';
import { estateOf } from './import-state.ts';
import { memoryTable } from './memory-table.ts';
import { withHistory } from './with-history.ts';

export type ImportsCall = (
  name: keyof typeof importsOperations,
  path: Record<string, string>,
  more?: { query?: Record<string, string>; body?: unknown; roles?: string[]; headers?: Record<string, string> },
  // biome-ignore lint/suspicious/noExplicitAny: tests read answers by their field names; the contract is checked where they are made
) => Promise<{ status: number; body: any }>;

/** The import path and its API on one table in memory, with history that never lags, and the relay asked for the work of a decision. */
export const startUndoWorld = (wrap?: Wrap) => {
  const stream: TableChange[] = [];
  const inner = memoryTable((before, after) => void stream.push({ before, after }));
  const table = { ...withHistory(inner), items: inner.items };
  const rig = importRig(table, wrap);
  let requests = 0;
  const context = {
    ...{ table, data: rig.data.store, log: createLog({}, () => {}), clock: rig.context.clock },
    ...{ cursorSecret: 'a secret for tests only', queue: rig.context.queue },
  };
  const handler = serve(importsOperations, importsHandlers, context);
  const call: ImportsCall = async (name, path, { query, body, roles = ['admin'], headers = {} } = {}) => {
    requests += 1;
    const event = {
      version: '2.0',
      routeKey: importsOperations[name].route,
      headers: { 'idempotency-key': `key-${requests}`, ...headers },
      pathParameters: path,
      ...(query === undefined ? {} : { queryStringParameters: query }),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      requestContext: {
        requestId: `request-${requests}`,
        authorizer: { jwt: { claims: { sub: 'kim', tenant: rigTenant, roles } } },
      },
      isBase64Encoded: false,
    } as unknown as HttpEvent;
    const result = (await handler(event, {} as Context)) as APIGatewayProxyStructuredResultV2;
    return { status: result.statusCode ?? 0, body: JSON.parse(result.body ?? 'null') };
  };
  /** The decision as the API takes it; the relay then asks for the work, which is done. */
  const undo = async (runId: string) => {
    const answer = await call('undoImport', { runId });
    await rig.context.queue.send((await relayed(inner, newsOf(stream, runId))).messages);
    await rig.work();
    return answer;
  };
  /** The decision as the API takes it, carried out. */
  const resolve = async (runId: string, recordIndex: number, body: object) => {
    const before = stream.length;
    const answer = await call('resolveRecord', { runId, recordIndex: String(recordIndex) }, { body });
    await rig.context.queue.send((await relayed(inner, stream.slice(before))).messages);
    await rig.work();
    return answer;
  };
  const queue = async (query: Record<string, string> = {}) => (await call('listReviewQueue', {}, { query })).body.items;
  return { table, rig, stream, call, undo, resolve, queue };
};

/** The last thing that happened to the run. */
const newsOf = (stream: readonly TableChange[], runId: string): TableChange[] => {
  const last = stream.findLast(({ after }) => after?.e === runEntity.name && after.pk.endsWith(runId));
  return last === undefined ? [] : [last];
};

/** All that is shown of an estate: no versions, no times of writing, no history, and nothing of what is retired and empty. */
export const shownOf = (items: Parameters<typeof estateOf>[0]): string[] => {
  const { assets, cis, bindings, relationships, claims } = estateOf(items);
  const bare = (view: object) => {
    const { version: _v, updatedAt: _u, ...rest } = view as Record<string, unknown>;
    return canonical(rest);
  };
  const isBlank = ({ status, facets }: { status: string; facets: object }) =>
    status === 'retired' && Object.keys(facets).length === 0;
  return [
    ...assets.filter(({ value }) => !isBlank(value)).map((one) => `asset ${bare(showAsset(one))}`),
    ...cis.filter(({ value }) => !isBlank(value)).map((one) => `ci ${bare(showCi(one))}`),
    ...bindings.filter(({ value }) => value.validTo === undefined).map(({ value }) => `binding ${canonical(value)}`),
    ...relationships.filter(({ value }) => value.validTo === undefined).map(({ value }) => `edge ${canonical(value)}`),
    ...claims.map(({ value }) => `claim ${canonical(value)}`),
  ].sort();
};
