import { AwsClient } from 'aws4fetch';
import * as z from 'zod';
import { awsCredentials } from '../shared/credentials.ts';
import type { ChunkMessage, ChunkQueue } from './chunk-queue.ts';

const largestBatch = 10;
const Answer = z.object({ Failed: z.array(z.unknown()).optional() });

/** SQS by its JSON protocol and signed fetch, for the reason told in s3-object-store. The queue's URL names its endpoint. */
export const sqsChunkQueue = (queueUrl: string): ChunkQueue => {
  const client = new AwsClient({ ...awsCredentials(), service: 'sqs', retries: 5 });

  const sendBatch = async (messages: readonly ChunkMessage[]): Promise<void> => {
    const response = await client.fetch(new URL('/', queueUrl).toString(), {
      method: 'POST',
      headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'AmazonSQS.SendMessageBatch' },
      body: JSON.stringify({
        QueueUrl: queueUrl,
        Entries: messages.map((message, n) => ({ Id: `m${n}`, MessageBody: JSON.stringify(message) })),
      }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`SQS SendMessageBatch: ${response.status} ${text.slice(0, 200)}`);
    if ((Answer.parse(JSON.parse(text)).Failed ?? []).length > 0)
      throw new Error('SQS SendMessageBatch: some entries failed');
  };

  return {
    send: async (messages) => {
      for (let at = 0; at < messages.length; at += largestBatch) await sendBatch(messages.slice(at, at + largestBatch));
    },
  };
};
