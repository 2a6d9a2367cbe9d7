import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { readBody, sendJson } from './http-body.ts';
import { listenFrom, loopback } from './ports.ts';

type Serve = (message: IncomingMessage, response: ServerResponse, url: URL) => Promise<void>;
type ServeAny = (message: IncomingMessage, response: ServerResponse) => Promise<void>;

/** What lies under `/_local/` beside the API: a GET page gives JSON; the bus takes EventBridge's own protocol. */
export type LocalPages = {
  pages: Record<string, (query: URLSearchParams) => unknown>;
  bus: (target: string | undefined, body: string) => { status: number; body: unknown };
};

const base = `http://${loopback}`;
export const busPath = '/_local/bus';

/** One HTTP server for the API and for the stack's own pages. It listens before anything else starts, and serves the API once it is given. */
export const startFront = async (wantedPort: number, local: LocalPages, report: (text: string) => void) => {
  let serveApi: Serve = async (_message, response) => sendJson(response, 503, { message: 'Service Unavailable' });

  const serve: ServeAny = async (message, response) => {
    const address = message.url ?? '/';
    if (!URL.canParse(address, base)) return sendJson(response, 400, { message: 'Bad Request' });
    const url = new URL(address, base);
    const page = /^\/_local\/(\w+)$/.exec(url.pathname)?.[1] ?? '';
    if (url.pathname.replace(/\/$/, '') === busPath && message.method === 'POST') {
      const target = message.headers['x-amz-target'];
      const { status, body } = local.bus(String(target), String(await readBody(message)));
      sendJson(response, status, body, { 'content-type': 'application/x-amz-json-1.1' });
    } else if (local.pages[page] !== undefined) sendJson(response, 200, local.pages[page](url.searchParams));
    else await serveApi(message, response, url);
  };

  const server = createServer((message, response) => {
    serve(message, response).catch((error: unknown) => {
      report(String(error));
      if (response.headersSent) response.destroy();
      else sendJson(response, 500, { message: 'Internal Server Error' });
    });
  });
  const port = await listenFrom(server, wantedPort);
  return {
    url: `http://${loopback}:${port}`,
    serveApi: (serveNow: Serve) => {
      serveApi = serveNow;
    },
    stop: () =>
      new Promise<void>((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
};
