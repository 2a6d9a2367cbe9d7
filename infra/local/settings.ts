import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import type { VariableName } from '../../functions/shared/environment.ts';
import type { Consumer } from '../application.ts';
import { homeTenant } from './issuer.ts';
import { queueArn, queueUrl } from './queues.ts';

/** What things are called on one machine; in AWS the CDK app lets CloudFormation name them. */
export const names = {
  table: 'hangar',
  uploads: 'hangar-uploads',
  data: 'hangar-data',
  chunks: 'hangar-import-chunks',
  deadChunks: 'hangar-import-chunks-dlq',
  bus: 'hangar',
} as const;

/** From where a consumer of uploads is fed, and where what came five times in vain ends. */
export const uploadQueue = (name: string) => `hangar-rule-${name}`;
export const deadUploadQueue = (name: string) => `${uploadQueue(name)}-dlq`;

type Endpoints = { dynamo: string; emulator: string; bus: string };

/** A secret that stays the same as long as the data does, so that cursors survive a restart. */
const secretFrom = (keyFile: string): string =>
  createHash('sha256')
    .update('cursor')
    .update(existsSync(keyFile) ? readFileSync(keyFile) : keyFile)
    .digest('hex');

/**
 * Gives every function the variables it asks for, and points the AWS SDK at this stack, by the SDK's own variables, so that no
 * function knows where it runs. All functions share this process and therefore its variables: one stack at a time.
 */
export const setEnvironment = (endpoints: Endpoints, keyFile: string, consumers: readonly Consumer[]): void => {
  const planners = consumers.filter(({ trigger }) => trigger.kind === 'upload').map(({ settings }) => settings.name);
  const variables: Record<VariableName, string> = {
    TABLE_NAME: names.table,
    UPLOADS_BUCKET: names.uploads,
    DATA_BUCKET: names.data,
    CHUNK_QUEUE_URL: queueUrl(endpoints.emulator, names.chunks),
    BUS_NAME: names.bus,
    CURSOR_SECRET: secretFrom(keyFile),
    HOME_TENANT: homeTenant,
    DEAD_UPLOAD_QUEUES: planners.map((name) => `${name}=${queueArn(deadUploadQueue(name))}`).join(' '),
  };
  Object.assign(process.env, variables, sdkEnvironment(endpoints.emulator), {
    AWS_ENDPOINT_URL_DYNAMODB: endpoints.dynamo,
    AWS_ENDPOINT_URL_EVENTBRIDGE: endpoints.bus,
  });
  delete process.env.AWS_PROFILE;
  delete process.env.AWS_SESSION_TOKEN;
};

/** What an unmodified AWS SDK or CLI needs to talk to the local S3, SQS and SNS. The credentials are not checked. */
export const sdkEnvironment = (emulator: string): Record<string, string> => ({
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'local',
  AWS_SECRET_ACCESS_KEY: 'local',
  AWS_ENDPOINT_URL_S3: emulator,
  AWS_ENDPOINT_URL_SQS: emulator,
  AWS_ENDPOINT_URL_SNS: emulator,
});
