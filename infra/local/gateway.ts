import type { IncomingMessage, ServerResponse } from 'node:http';
import { readBody, sendJson, sendResult } from './http-body.ts';
import { gatewayEvent } from './http-event.ts';
import type { Issuer } from './issuer.ts';
import type { Invoke } from './lambda.ts';
import type { FoundRoute } from './routes.ts';

type Gateway = {
  findRoute: (method: string, path: string) => FoundRoute | undefined;
  issuer: Issuer;
  invokes: ReadonlyMap<string, Invoke>;
  report: (text: string) => void;
};

const slowestAnswerMs = 30_000;
const tooSlow = Symbol('too slow');

/** The HTTP API in front of the functions: route, JWT authorizer, function; what the gateway itself refuses, it refuses in its words. */
export const serveGateway =
  ({ findRoute, issuer, invokes, report }: Gateway) =>
  async (message: IncomingMessage, response: ServerResponse, url: URL): Promise<void> => {
    const refuse = (status: number, text: string, headers = {}) =>
      sendJson(response, status, { message: text }, headers);
    let route: FoundRoute | undefined;
    try {
      route = findRoute(message.method ?? '', url.pathname);
    } catch {
      return refuse(400, 'Bad Request');
    }
    const invoke = invokes.get(route?.functionName ?? '');
    if (route === undefined || invoke === undefined) return refuse(404, 'Not Found');
    const claims = route.isPublic ? undefined : await issuer.verify(message.headers.authorization);
    if (!route.isPublic && claims === undefined) return refuse(401, 'Unauthorized', { 'www-authenticate': 'Bearer' });
    const body = await readBody(message);
    if (body === undefined) return refuse(413, 'Request Entity Too Large');

    let timer: NodeJS.Timeout | undefined;
    const deadline = new Promise<symbol>((done) => {
      timer = setTimeout(() => done(tooSlow), slowestAnswerMs);
    });
    try {
      const result = await Promise.race([invoke(gatewayEvent({ message, url, route, body, claims })), deadline]);
      if (result === tooSlow) refuse(503, 'Service Unavailable');
      else sendResult(response, result);
    } catch (error) {
      report(`${route.functionName}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      refuse(500, 'Internal Server Error');
    } finally {
      clearTimeout(timer);
    }
  };
