import { rmSync } from 'node:fs';
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterEach } from '@jest/globals';
import type { LocalStack, LocalStackOptions } from '../../infra/local/local-stack.ts';
import { startLocalStack } from '../../infra/local/stack.ts';
import { temporaryDirectory } from './temporary.ts';
import { toyApi, toyConsumers, type toyHandlers } from './toy-functions.ts';

/** A local stack with toy functions for the tests of one file: ended after each test, in memory unless `keepData` was called. */
export const toyWorld = () => {
  let stack: LocalStack | undefined;
  let dataDir: string | undefined;
  afterEach(async () => {
    await stack?.stop();
    if (dataDir !== undefined) rmSync(dataDir, { recursive: true, force: true });
    [stack, dataDir] = [undefined, undefined];
  });
  const running = (): LocalStack => {
    if (stack === undefined) throw new Error('start comes first');
    return stack;
  };
  return {
    keepData: () => {
      dataDir = temporaryDirectory();
    },
    start: async ({ loadHandler }: ReturnType<typeof toyHandlers>, options: LocalStackOptions = {}) => {
      const data = dataDir === undefined ? { ephemeral: true } : { dataDir };
      const toys = { apiFunctions: toyApi, consumers: toyConsumers, loadHandler };
      stack = await startLocalStack({ ...toys, log: 'quiet', ...data, ...options });
    },
    apiUrl: () => running().apiUrl,
    settle: () => running().settle(),
    stop: () => running().stop(),
  };
};

/** Uploads by an unmodified SDK. */
export const put = async (Key: string, Body: string): Promise<void> => {
  await new S3Client().send(new PutObjectCommand({ Bucket: 'hangar-uploads', Key, Body }));
};

/** SQS by its own protocol, without an SDK. */
export const sqs = async (action: string, input: Record<string, unknown>): Promise<Record<string, unknown>> => {
  const response = await fetch(String(process.env.AWS_ENDPOINT_URL_SQS), {
    method: 'POST',
    headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': `AmazonSQS.${action}` },
    body: JSON.stringify(input),
  });
  return (await response.json()) as Record<string, unknown>;
};
export const send = (MessageBody: string) => sqs('SendMessage', { QueueUrl: process.env.CHUNK_QUEUE_URL, MessageBody });

/** Writes an item whose sort key is `sk`. */
export const store = async (sk: string, value = 'x'): Promise<void> => {
  const Item = {
    pk: { S: 'skyways#toy' },
    sk: { S: sk },
    value: { S: value },
    bytes: { B: new Uint8Array([1, 2, 3]) },
  };
  await new DynamoDBClient().send(new PutItemCommand({ TableName: 'hangar', Item }));
};

/** A handler that fails so many times, then succeeds. */
export const failing = (times: number) => {
  let failures = 0;
  return async () => {
    failures += 1;
    if (failures <= times) throw new Error('not yet');
  };
};
