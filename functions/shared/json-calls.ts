import { text } from 'node:stream/consumers';
import { type Retries, retrying, ServiceFault } from './retrying.ts';
import { type Incoming, type SignedService, signedRequests } from './signed-request.ts';

export type JsonService = SignedService & {
  /** Scheme, host and port. */
  origin: string;
  /** In front of every operation's name: `DynamoDB_20120810`, `AmazonSQS`. */
  target: string;
  retries?: Retries;
  /** Throws when the text is not what the server sent. */
  check?: (body: string, headers: Incoming['headers']) => void;
};

/**
 * The operations of one AWS service by its JSON protocol (`x-amz-json-1.0`): name and input give the output. Throws `ServiceFault` named by
 * the service's code (`ThrottlingException`), after retries of all that passes.
 */
export const jsonCalls = (service: JsonService) => {
  const send = signedRequests(service);
  return (operation: string, input: unknown): Promise<unknown> => {
    const request = {
      method: 'POST' as const,
      origin: service.origin,
      path: '/',
      headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': `${service.target}.${operation}` },
      body: JSON.stringify(input),
    };
    return retrying(async () => {
      const answer = await send(request);
      const body = await text(answer.body);
      service.check?.(body, answer.headers);
      if (answer.statusCode === 200) return JSON.parse(body);
      throw faultOf(operation, answer, body);
    }, service.retries);
  };
};

/** The code stands behind a `#` in `__type`. What is not JSON comes from something between us and the service. */
const faultOf = (operation: string, answer: Incoming, body: string): ServiceFault => {
  const parts = readObject(body);
  const code = typeof parts.__type === 'string' ? parts.__type.replace(/^.*#/, '') : 'UnreadableAnswer';
  const detail = parts.message ?? parts.Message ?? body.slice(0, 200);
  return new ServiceFault(code, `${operation}: ${detail}`, answer, parts);
};

const readObject = (body: string): Record<string, unknown> => {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
};
