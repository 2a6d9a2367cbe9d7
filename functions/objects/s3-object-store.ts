import { AwsClient } from 'aws4fetch';
import { awsCredentials } from '../shared/credentials.ts';
import type { ObjectStore } from './object-store.ts';

/**
 * S3 through signed fetch: with the S3 client of the SDK a function would not stay under 400 kB beside the DynamoDB client.
 * `AWS_ENDPOINT_URL_S3` (as the SDKs read it) points elsewhere; then the bucket is in the path.
 */
export const s3ObjectStore = (bucket: string): ObjectStore => {
  const client = new AwsClient({ ...awsCredentials(), service: 's3', retries: 5 });
  const endpoint = process.env.AWS_ENDPOINT_URL_S3;
  const base =
    endpoint === undefined ? `https://${bucket}.s3.${process.env.AWS_REGION}.amazonaws.com` : `${endpoint}/${bucket}`;
  /** A step of dots cannot be written in a URL: it would name another object. */
  const urlOf = (key: string) => {
    const steps = key.split('/');
    if (steps.some((step) => step === '.' || step === '..')) throw new Error('S3: a key with a step of dots');
    return `${base}/${steps.map(encodeStep).join('/')}`;
  };

  return {
    get: async (key, version) => {
      const query = version === undefined ? '' : `?versionId=${encodeURIComponent(version)}`;
      const response = await client.fetch(`${urlOf(key)}${query}`);
      if (response.status === 404) return undefined;
      if (!response.ok || response.body === null) throw new Error(`S3 GET ${key}: ${response.status}`);
      return {
        body: response.body,
        metadata: metadataOf(response.headers),
        storedAt: new Date(response.headers.get('last-modified') ?? 0).toISOString(),
        size: Number(response.headers.get('content-length') ?? 0),
      };
    },
    put: async (key, body, contentType) => {
      const response = await client.fetch(urlOf(key), {
        method: 'PUT',
        body: body as string | Uint8Array<ArrayBuffer>,
        headers: { 'content-type': contentType },
      });
      if (!response.ok) throw new Error(`S3 PUT ${key}: ${response.status} ${(await response.text()).slice(0, 200)}`);
    },
  };
};

/** RFC 3986: also the characters that encodeURIComponent leaves alone and S3's signature does not. */
const encodeStep = (step: string): string =>
  encodeURIComponent(step).replaceAll(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

const metadataOf = (headers: Headers): Record<string, string> =>
  Object.fromEntries(
    [...headers].flatMap(([name, value]) =>
      name.startsWith('x-amz-meta-') ? [[name.slice('x-amz-meta-'.length), value]] : [],
    ),
  );
