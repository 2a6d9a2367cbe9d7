import middy from '@middy/core';
import type { APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import type { Principal } from '../../domain/access/permissions.ts';
import { Problem } from '../../domain/shared/problem.ts';
import { describeError, type Log } from '../shared/log.ts';
import type { Table } from '../store/table.ts';
import { Raced, startWork, type UnitOfWork } from '../store/unit-of-work.ts';
import { openCursor, sealCursor } from './cursor.ts';
import { findReplay, identifyRequest, recordWrite } from './idempotency.ts';
import { chooseMediaType, json } from './negotiate.ts';
import type { Handlers, Operation, Operations, Rendering, Renderings } from './operation.ts';
import { correlationIdOf, header, readIdempotencyKey, readIfMatch } from './preconditions.ts';
import { authorise, type HttpEvent, principalOf, readInput, sameRequestFor } from './request.ts';
import { type Form, problemReply, type Reply, replyOf, toGateway } from './respond.ts';

/** What every API function is built from. */
export type ApiContext = { table: Table; log: Log; cursorSecret: string; clock: () => Date };

/** What one request may use, beside its function's own context. Everything staged in `work` is committed together, at the end. */
export type RequestScope = {
  principal: Principal;
  now: string;
  work: UnitOfWork;
  /** Names this very request: ids of what a POST makes come from it, so that trying again makes nothing twice. */
  requestKey: string;
  ifMatch: number | undefined;
  cursor: { open: (cursor: string) => unknown; seal: (position: unknown) => string };
};

const attempts = 4;

/**
 * The Lambda handler of one aggregate: middy outside, and inside one path that every request takes. `renderings` write the answers of operations
 * that can be had in other forms than JSON.
 */
export const serve = <Ops extends Operations, C extends ApiContext>(
  operations: Ops,
  handlers: Handlers<Ops, RequestScope & C>,
  context: C,
  renderings: Renderings<Ops> = {},
) => {
  const byRoute = new Map(
    Object.entries(operations).map(([name, operation]) => [operation.route as string, { name, operation }]),
  );

  const run = async (event: HttpEvent, _context: Context): Promise<APIGatewayProxyStructuredResultV2> => {
    const requestId = correlationIdOf(event);
    const log = context.log.with({ correlationId: requestId, route: event.routeKey });
    try {
      const found = byRoute.get(event.routeKey);
      if (found === undefined) throw new Problem('not-found', `Nothing answers ${event.routeKey}.`);
      const handler = handlers[found.name] as (input: unknown, scope: RequestScope & C) => Promise<unknown>;
      const formOf = formsOf(event, found.operation, renderings[found.name] as Forms);
      const reply = await answer(event, found.operation, handler, { ...context, log }, requestId, formOf);
      log.info('answered', { status: reply.status });
      return toGateway(reply, requestId);
    } catch (error) {
      const reply = problemReply(error, requestId, (moved) => sameRequestFor(event, moved));
      if (error instanceof Problem && error.code !== 'internal')
        log.info('refused', { status: reply.status, code: error.code });
      else log.error('failed', describeError(error));
      return toGateway(reply, requestId);
    }
  };

  return middy(run);
};

type Forms = Readonly<Record<string, Rendering<never>>> | undefined;

/** Asks the Accept header in which form the answer is wanted; undefined for JSON. Operations without alternatives do not look at it. */
const formsOf =
  (event: HttpEvent, { success }: Operation, forms: Forms) =>
  (): Form | undefined => {
    if (success.alternatives === undefined) return undefined;
    const mediaType = chooseMediaType(header(event, 'accept'), [json, ...success.alternatives]);
    const render = forms?.[mediaType] as Rendering<unknown> | undefined;
    return render === undefined ? undefined : { mediaType, render };
  };

const nobody: Principal = { tenant: 'public', subject: 'anonymous', roles: [] };

const answer = async <C extends ApiContext>(
  event: HttpEvent,
  operation: Operation,
  handler: (input: unknown, scope: RequestScope & C) => Promise<unknown>,
  context: C,
  requestId: string,
  formOf: () => Form | undefined,
): Promise<Reply> => {
  const principal = operation.permission === 'public' ? nobody : principalOf(event);
  authorise(principal, operation);
  const input = readInput(event, operation);
  const ifMatch = readIfMatch(event, operation);
  const key = readIdempotencyKey(event, operation);
  const form = formOf();
  const { cursor: _cursor, limit: _limit, ...filter } = (input.query ?? {}) as Record<string, unknown>;
  const binding = [principal.tenant, operation.id, input.path, filter];
  const cursor = {
    open: (text: string) => openCursor(context.cursorSecret, binding, text),
    seal: (position: unknown) => sealCursor(context.cursorSecret, binding, position),
  };

  for (let attempt = 1; ; attempt += 1) {
    const now = context.clock().toISOString();
    const work = startWork(context.table, {
      tenant: principal.tenant,
      by: principal.subject,
      now,
      correlationId: requestId,
    });
    const request = key === undefined ? undefined : identifyRequest(principal, operation, key, input);
    const { replay, expired } =
      request === undefined ? {} : await findReplay(context.table, principal.tenant, request, now);
    if (replay !== undefined) return replay;
    const requestKey = request === undefined ? requestId : `${request.recordId}/${expired?.v ?? 0}`;
    try {
      const output = await handler(input, { ...context, principal, now, work, requestKey, ifMatch, cursor });
      const reply = replyOf(operation, output, form);
      if (request !== undefined) work.stage(recordWrite(principal.tenant, request, reply, now, expired));
      await work.commit();
      return reply;
    } catch (error) {
      if (!(error instanceof Raced)) throw error;
      if (attempt === attempts) throw new Problem('too-many-requests', 'Others are changing the same thing right now.');
    }
  }
};
