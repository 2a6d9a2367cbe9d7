import { S3Client } from '@aws-sdk/client-s3';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { presignPosts } from '../../functions/uploads/presign.ts';

const kept = { ...process.env };
beforeEach(() => {
  Object.assign(process.env, {
    AWS_REGION: 'eu-north-1',
    AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'example',
  });
  delete process.env.AWS_SESSION_TOKEN;
});
afterEach(() => {
  process.env = { ...kept };
});

const policy = {
  key: 'discovery/glpi/abc/file.json',
  fields: { 'x-amz-meta-mode': 'plan' },
  sizeRange: [1, 100] as const,
  expiresInSeconds: 900,
};

/** What the SDK gives with its own, whole S3 client. */
const bySdk = () =>
  createPresignedPost(new S3Client({ forcePathStyle: process.env.AWS_ENDPOINT_URL_S3 !== undefined }), {
    Bucket: 'uploads',
    Key: policy.key,
    Fields: policy.fields,
    Conditions: [['content-length-range', 1, 100]],
    Expires: 900,
  });

/** Both within the same second: the time of signing is part of what is signed. */
const both = async () => {
  for (;;) {
    const [ours, theirs] = [await presignPosts('uploads')(policy), await bySdk()];
    if (ours.fields['X-Amz-Date'] === theirs.fields['X-Amz-Date']) return [ours, theirs] as const;
  }
};

describe('a signed form post', () => {
  it.each([{}, { AWS_SESSION_TOKEN: 'session' }, { AWS_ENDPOINT_URL_S3: 'http://127.0.0.1:4566' }])(
    'is what the SDK makes with its whole client: %j',
    async (environment) => {
      Object.assign(process.env, environment);
      const [ours, theirs] = await both();
      expect(ours).toEqual(theirs);
      expect(ours.fields['X-Amz-Signature']).toMatch(/^[0-9a-f]{64}$/);
    },
  );

  it('binds the key, the fields and the size, and only those', async () => {
    const { fields } = await presignPosts('uploads')(policy);
    const { conditions } = JSON.parse(Buffer.from(String(fields.Policy), 'base64').toString('utf8'));
    expect(conditions).toEqual(
      expect.arrayContaining([['content-length-range', 1, 100], { key: policy.key }, { 'x-amz-meta-mode': 'plan' }]),
    );
  });
});
