import * as z from 'zod';
import { jsonCalls } from '../shared/json-calls.ts';
import type { ChunkMessage, ChunkQueue } from './chunk-queue.ts';

const largestBatch = 10;
const Answer = z.object({ Failed: z.array(z.unknown()).optional() });

/** SQS by its JSON protocol and signed requests, for the reason told in s3-object-store. The queue's URL names its endpoint. */
export const sqsChunkQueue = (queueUrl: string): ChunkQueue => {
  const { origin } = new URL(queueUrl);
  const call = jsonCalls({ service: 'sqs', silenceMs: 10_000, origin, target: 'AmazonSQS' });

  const sendBatch = async (messages: readonly ChunkMessage[]): Promise<void> => {
    const answer = await call('SendMessageBatch', {
      QueueUrl: queueUrl,
      Entries: messages.map((message, n) => ({ Id: `m${n}`, MessageBody: JSON.stringify(message) })),
    });
    if ((Answer.parse(answer).Failed ?? []).length > 0) throw new Error('SQS SendMessageBatch: some entries failed');
  };

  return {
    send: async (messages) => {
      for (let at = 0; at < messages.length; at += largestBatch) await sendBatch(messages.slice(at, at + largestBatch));
    },
  };
};
