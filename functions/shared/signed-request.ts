import { Sha256 } from '@smithy/core/checksum';
import { HttpRequest, type HttpResponse } from '@smithy/core/protocols';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { SignatureV4 } from '@smithy/signature-v4';
import { awsCredentials, awsRegion } from './credentials.ts';

export type SignedService = {
  /** The name that signatures are made for: `s3`, `sqs`, `dynamodb`. */
  service: string;
  /** How long a connection may stay silent before the request counts as failed. */
  silenceMs: number;
};

/** `path` is encoded already, `query` is not. */
type Outgoing = {
  method: 'GET' | 'PUT' | 'POST';
  origin: string;
  path: string;
  query?: Record<string, string>;
  headers?: Record<string, string>;
  body?: string | Uint8Array;
};

/** `body` is a stream, and has to be read or resumed. `clockCorrected`: refused for a wrong clock, which is put right now. */
export type Incoming = Pick<HttpResponse, 'statusCode' | 'headers' | 'body'> & { clockCorrected: boolean };

/** Signatures are refused when clocks differ by more than five minutes. */
const clockToleranceMs = 4 * 60_000;

/**
 * One AWS service by signed HTTP, without its client: the SDK's own signer and connections (kept alive), nothing in between. One call is
 * one attempt; see `retrying`. Throws what the connection throws; every status is an answer. Credentials are read from the
 * environment at each call.
 */
export const signedRequests = ({ service, silenceMs }: SignedService): ((request: Outgoing) => Promise<Incoming>) => {
  const connections = new NodeHttpHandler({ connectionTimeout: 3000, socketTimeout: silenceMs });
  const signer = new SignatureV4({
    service,
    region: awsRegion(),
    credentials: async () => awsCredentials(),
    sha256: Sha256,
    uriEscapePath: service !== 's3',
  });
  let clockOffsetMs = 0;

  return async ({ origin, headers, query = {}, ...rest }) => {
    const { protocol, hostname, port, host } = new URL(origin);
    const request = new HttpRequest({
      ...rest,
      query,
      protocol,
      hostname,
      ...(port === '' ? {} : { port: Number(port) }),
      headers: { ...headers, host },
    });
    const signed = await signer.sign(request, { signingDate: new Date(Date.now() + clockOffsetMs) });
    const { response } = await connections.handle(signed as HttpRequest);
    const theirs = Date.parse(response.headers.date ?? '');
    const clockCorrected =
      [400, 401, 403].includes(response.statusCode) && Math.abs(theirs - Date.now() - clockOffsetMs) > clockToleranceMs;
    if (clockCorrected) clockOffsetMs = theirs - Date.now();
    return { statusCode: response.statusCode, headers: response.headers, body: response.body, clockCorrected };
  };
};
