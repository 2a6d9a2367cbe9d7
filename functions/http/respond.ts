import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { type Moved, Problem, problemTypes } from '../../domain/shared/problem.ts';
import { json } from './negotiate.ts';
import type { Operation, Rendering } from './operation.ts';
import { etagOf } from './preconditions.ts';

export type Reply = { status: number; headers: Record<string, string>; body: string };

/** A form other than JSON that was asked for. */
export type Form = { mediaType: string; render: Rendering<unknown> };

/**
 * The answer to a request that worked, as JSON or in the form that was asked for. The output is parsed too: an answer that breaks our own
 * contract is our bug, a 500.
 */
export const replyOf = (operation: Operation, output: unknown, form?: Form): Reply => {
  const parsed = operation.success.schema.safeParse(output);
  if (!parsed.success) throw new Error(`${operation.id} broke its own contract: ${parsed.error.message}`);
  const written = form?.render(parsed.data) ?? { text: JSON.stringify(parsed.data), headers: {} };
  const version = (parsed.data as { version?: unknown } | undefined)?.version;
  return {
    status: operation.success.status,
    headers: {
      'content-type': form?.mediaType ?? json,
      ...(operation.success.alternatives === undefined ? {} : { vary: 'accept' }),
      ...written.headers,
      ...(typeof version === 'number' ? { etag: etagOf(version) } : {}),
      ...(operation.success.location === undefined ? {} : { location: operation.success.location(parsed.data) }),
    },
    body: written.text,
  };
};

/** RFC 9457. Whatever is not a `Problem` is ours: the caller learns the request id, nothing else. */
export const problemReply = (error: unknown, requestId: string, locate?: (moved: Moved) => string): Reply => {
  const problem =
    error instanceof Problem ? error : new Problem('internal', 'The fault is logged under this request id.');
  const { status, title } = problemTypes[problem.code];
  return {
    status,
    headers: {
      'content-type': 'application/problem+json',
      ...(problem.moved === undefined || locate === undefined ? {} : { location: locate(problem.moved) }),
    },
    body: JSON.stringify({
      type: `urn:hangar:problem:${problem.code}`,
      title,
      status,
      detail: problem.detail,
      ...(problem.fix === undefined ? {} : { fix: problem.fix }),
      ...(problem.moved === undefined ? {} : { mergedInto: problem.moved.to }),
      ...(problem.errors.length === 0 ? {} : { errors: problem.errors }),
      requestId,
    }),
  };
};

export const toGateway = ({ status, headers, body }: Reply, requestId: string): APIGatewayProxyStructuredResultV2 => ({
  statusCode: status,
  headers: { ...headers, 'x-request-id': requestId, 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' },
  body,
});
