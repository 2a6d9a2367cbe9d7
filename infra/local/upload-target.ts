import { S3Client } from '@aws-sdk/client-s3';
import { type ReadApi, readApi } from './api-client.ts';
import { findRunning } from './running.ts';

/** Where files go and where their runs are read. */
export type UploadTarget = { s3: S3Client; bucket: string; read: ReadApi };

/**
 * The deployment that HANGAR_API, HANGAR_TOKEN and UPLOADS_BUCKET name (with AWS credentials from the environment), else the local
 * stack that runs on this machine. Throws with what to do when there is neither.
 */
export const findTarget = async (): Promise<UploadTarget> => {
  const { HANGAR_API: api, HANGAR_TOKEN: token, UPLOADS_BUCKET: bucket } = process.env;
  if (api && token && bucket) return { s3: new S3Client(), bucket, read: readApi(api, token) };
  if (api || token)
    throw new Error('HANGAR_API, HANGAR_TOKEN and UPLOADS_BUCKET belong together: set all three or none.');
  const running = await findRunning();
  if (running === undefined) {
    throw new Error(
      'No local stack runs. Start it with `npm start` in another terminal, or name a deployment with HANGAR_API, HANGAR_TOKEN and UPLOADS_BUCKET.',
    );
  }
  const s3 = new S3Client({
    endpoint: running.s3Endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  return { s3, bucket: running.uploadsBucket, read: readApi(running.apiUrl, running.token) };
};
