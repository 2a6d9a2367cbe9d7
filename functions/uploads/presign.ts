/** What a form post may do: this key, these fields, this many bytes, this long. */
export type PostPolicy = {
  key: string;
  fields: Record<string, string>;
  sizeRange: readonly [number, number];
  expiresInSeconds: number;
};

export type Presign = (policy: PostPolicy) => Promise<{ url: string; fields: Record<string, string> }>;

/** Signs form posts to one bucket. The S3 client is loaded by the first request, so that starting the function stays cheap. */
export const presignPosts = (bucket: string): Presign => {
  const load = async () => {
    const [{ S3Client }, { createPresignedPost }] = await Promise.all([
      import('@aws-sdk/client-s3'),
      import('@aws-sdk/s3-presigned-post'),
    ]);
    const client = new S3Client({ forcePathStyle: process.env.AWS_ENDPOINT_URL_S3 !== undefined });
    return (options: Parameters<typeof createPresignedPost>[1]) => createPresignedPost(client, options);
  };
  let loaded: ReturnType<typeof load> | undefined;
  return async ({ key, fields, sizeRange, expiresInSeconds }) => {
    loaded ??= load();
    const sign = await loaded;
    return sign({
      Bucket: bucket,
      Key: key,
      Fields: fields,
      Conditions: [['content-length-range', ...sizeRange]],
      Expires: expiresInSeconds,
    });
  };
};
