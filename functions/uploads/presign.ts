import { createHash, createHmac } from 'node:crypto';
import type { S3Client } from '@aws-sdk/client-s3';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { awsCredentials } from '../shared/credentials.ts';

/** What a form post may do: this key, these fields, this many bytes, this long. */
export type PostPolicy = {
  key: string;
  fields: Record<string, string>;
  sizeRange: readonly [number, number];
  expiresInSeconds: number;
};

export type Presign = (policy: PostPolicy) => Promise<{ url: string; fields: Record<string, string> }>;

/**
 * Signs form posts to one bucket. The SDK signs; of its S3 client it only reads the settings given here, so that the client itself
 * (200 kB) can stay out of the bundle. `AWS_ENDPOINT_URL_S3` points elsewhere; then the bucket is in the path.
 */
export const presignPosts = (bucket: string): Presign => {
  const client = { config: settingsFor(bucket) } as unknown as S3Client;
  return ({ key, fields, sizeRange, expiresInSeconds }) =>
    createPresignedPost(client, {
      Bucket: bucket,
      Key: key,
      Fields: fields,
      Conditions: [['content-length-range', ...sizeRange]],
      Expires: expiresInSeconds,
    });
};

const settingsFor = (bucket: string) => ({
  systemClockOffset: 0,
  base64Encoder: (bytes: Uint8Array) => Buffer.from(bytes).toString('base64'),
  utf8Decoder: (text: string) => Buffer.from(text, 'utf8'),
  sha256: Sha256,
  region: async () => process.env.AWS_REGION ?? '',
  credentials: async () => awsCredentials(),
  isCustomEndpoint: true,
  endpointProvider: () => ({ url: addressOf(bucket) }),
});

const addressOf = (bucket: string): URL => {
  const endpoint = process.env.AWS_ENDPOINT_URL_S3;
  return new URL(
    endpoint === undefined ? `https://${bucket}.s3.${process.env.AWS_REGION}.amazonaws.com/` : `${endpoint}/${bucket}`,
  );
};

/** The hash that the SDK is given: Node's, plain or keyed. */
class Sha256 {
  readonly #hash;
  constructor(secret?: string | Uint8Array) {
    this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', secret);
  }
  update(data: Uint8Array): void {
    this.#hash.update(data);
  }
  async digest(): Promise<Uint8Array> {
    return this.#hash.digest();
  }
}
