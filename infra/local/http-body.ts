import type { IncomingMessage, ServerResponse } from 'node:http';
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';

const largestBody = 10 * 1024 * 1024;

/** The whole body, or nothing when it exceeds the gateway's 10 MB. */
export const readBody = async (message: IncomingMessage): Promise<Buffer | undefined> => {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of message) {
    size += (part as Buffer).length;
    if (size <= largestBody) parts.push(part as Buffer);
    else parts.length = 0;
  }
  return size > largestBody ? undefined : Buffer.concat(parts);
};

export const sendJson = (
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void => {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
};

/** Sends what a function returned. Anything without a status is a 200 with that as JSON, as the gateway does it. */
export const sendResult = (response: ServerResponse, result: unknown): void => {
  const structured = result as APIGatewayProxyStructuredResultV2 | undefined | null;
  if (typeof structured?.statusCode !== 'number') {
    sendJson(response, 200, result ?? {});
    return;
  }
  for (const [name, value] of Object.entries(structured.headers ?? {})) response.setHeader(name, String(value));
  if (structured.cookies !== undefined) response.setHeader('set-cookie', structured.cookies);
  const body = structured.body ?? '';
  response.writeHead(structured.statusCode).end(structured.isBase64Encoded ? Buffer.from(body, 'base64') : body);
};
