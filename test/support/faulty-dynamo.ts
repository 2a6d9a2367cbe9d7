import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** What goes wrong with one request. `after`: DynamoDB has done what it was asked, and only the answer is lost. */
export type Fault =
  | 'throttle'
  | 'fail'
  | 'reset'
  | 'reset-after'
  | 'cut-after'
  | 'damage-after'
  | 'silence-after'
  | 'skew';

export type Seen = { operation: string; body: Record<string, unknown>; date: string };

/**
 * Stands before a DynamoDB and does to its next requests what `faults` says, one after the other, and nothing when they are used up.
 * `behind`: where the real one listens; without it `answer` is given to everything. Deaf to credentials, as the local DynamoDB is.
 */
export const faultyDynamo = async (behind: { endpoint: string } | { answer: unknown; status?: number }) => {
  const faults: Fault[] = [];
  const seen: Seen[] = [];

  const answerTo = async (incoming: IncomingMessage, body: string) =>
    'endpoint' in behind
      ? forward(behind.endpoint, incoming, body)
      : { status: behind.status ?? 200, headers: {}, body: JSON.stringify(behind.answer) };

  const refuse = (response: ServerResponse, status: number, type: string, headers = {}) =>
    response.writeHead(status, { 'content-type': json, ...headers }).end(JSON.stringify({ __type: `x#${type}` }));

  const server = createServer(async (incoming, response) => {
    const body = await text(incoming);
    const fault = faults.shift();
    seen.push({
      operation: String(incoming.headers['x-amz-target']).split('.')[1] ?? '',
      body: JSON.parse(body),
      date: String(incoming.headers['x-amz-date']),
    });
    if (fault === 'throttle') return refuse(response, 400, 'ProvisionedThroughputExceededException');
    if (fault === 'fail') return refuse(response, 500, 'InternalServerError');
    if (fault === 'skew') return refuse(response, 403, 'InvalidSignatureException', { date: inOneHour() });
    if (fault === 'reset') return incoming.socket.destroy();
    const answer = await answerTo(incoming, body);
    if (fault === 'reset-after') return incoming.socket.destroy();
    if (fault === 'silence-after') return undefined;
    const sent = fault === 'damage-after' ? `${answer.body} ` : answer.body;
    const headers = { 'content-type': json, ...answer.headers, 'content-length': Buffer.byteLength(sent) };
    response.writeHead(answer.status, { ...headers, ...(fault === 'damage-after' ? { 'x-amz-crc32': '1' } : {}) });
    if (fault !== 'cut-after') return response.end(sent);
    response.write(sent.slice(0, -1), () => incoming.socket.destroy());
    return undefined;
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));

  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    faults,
    seen,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
};

const json = 'application/x-amz-json-1.0';

const inOneHour = () => new Date(Date.now() + 3_600_000).toUTCString();

type Answer = { status: number; headers: Record<string, string>; body: string };

const forward = (endpoint: string, { headers }: IncomingMessage, body: string): Promise<Answer> =>
  new Promise((done, failed) => {
    const onward = request(endpoint, { method: 'POST', headers }, async (answer) => {
      const sum = answer.headers['x-amz-crc32'];
      const kept = sum === undefined ? {} : { 'x-amz-crc32': String(sum) };
      done({ status: answer.statusCode ?? 0, headers: kept, body: await text(answer) });
    });
    onward.on('error', failed).end(body);
  });
