import { text } from 'node:stream/consumers';
import { awsRegion } from '../shared/credentials.ts';
import { retrying, ServiceFault } from '../shared/retrying.ts';
import { type Incoming, signedRequests } from '../shared/signed-request.ts';
import type { ObjectStore } from './object-store.ts';

/**
 * S3 by signed requests: with the S3 client of the SDK a function would not stay under 400 kB beside the DynamoDB client.
 * `AWS_ENDPOINT_URL_S3` (as the SDKs read it) points elsewhere; then the bucket is in the path.
 */
export const s3ObjectStore = (bucket: string): ObjectStore => {
  // Long, because a body is read as fast as its records are worked on.
  const send = signedRequests({ service: 's3', silenceMs: 120_000 });
  const endpoint = process.env.AWS_ENDPOINT_URL_S3;
  const origin = endpoint ?? `https://${bucket}.s3.${awsRegion()}.amazonaws.com`;
  const folder = endpoint === undefined ? '' : `/${bucket}`;

  return {
    get: (key, version) => {
      const path = folder + pathOf(key);
      const query: Record<string, string> = version === undefined ? {} : { versionId: version };
      return retrying(async () => {
        const answer = await send({ method: 'GET', origin, path, query });
        if (answer.statusCode !== 200 && answer.statusCode !== 404) throw await faultOf(`GET ${key}`, answer);
        if (answer.statusCode === 404) {
          answer.body.resume();
          return undefined;
        }
        return {
          body: answer.body as AsyncIterable<Uint8Array>,
          metadata: metadataOf(answer.headers),
          storedAt: new Date(answer.headers['last-modified'] ?? 0).toISOString(),
          size: Number(answer.headers['content-length'] ?? 0),
        };
      });
    },
    put: (key, body, contentType) => {
      const path = folder + pathOf(key);
      const headers = { 'content-type': contentType };
      return retrying(async () => {
        const answer = await send({ method: 'PUT', origin, path, headers, body });
        if (answer.statusCode !== 200) throw await faultOf(`PUT ${key}`, answer);
        answer.body.resume();
      });
    },
  };
};

/** A step of dots cannot be written in a URL: it would name another object. */
const pathOf = (key: string): string => {
  const steps = key.split('/');
  if (steps.some((step) => step === '.' || step === '..')) throw new Error('S3: a key with a step of dots');
  return `/${steps.map(encodeStep).join('/')}`;
};

/** RFC 3986: also the characters that encodeURIComponent leaves alone and S3's signature does not. */
const encodeStep = (step: string): string =>
  encodeURIComponent(step).replaceAll(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

const metadataOf = (headers: Incoming['headers']): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      name.startsWith('x-amz-meta-') ? [[name.slice('x-amz-meta-'.length), value]] : [],
    ),
  );

const faultOf = async (what: string, answer: Incoming): Promise<ServiceFault> => {
  const body = await text(answer.body);
  const code = /<Code>(\w+)<\/Code>/.exec(body)?.[1] ?? 'UnreadableAnswer';
  return new ServiceFault(code, `S3 ${what}: ${code} ${body.slice(0, 200)}`, answer);
};
