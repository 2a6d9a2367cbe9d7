import type { SqsQueue, SqsStore } from './emulator.ts';
import { mostReceives } from './queues.ts';

/** A message as its receiver holds it. `receiveCount` counts from 1. */
export type Received = {
  messageId: string;
  receiptHandle: string;
  body: string;
  md5OfBody: string;
  sentAt: number;
  firstReceivedAt: number;
  receiveCount: number;
  attributes: Record<string, { DataType: string; StringValue?: string; BinaryValue?: string }>;
};

/** Handles messages; gives the ids of those that failed and shall be seen again. Throwing means: all failed. */
export type Deliver = (messages: readonly Received[]) => Promise<ReadonlySet<string>>;

export type Poller = { stop: () => Promise<void> };

const idleWaitSeconds = 20;

/** AWS would wait for the visibility timeout; on one machine nobody wants to. The five tries are over after 8 seconds. */
const retryAfterSeconds = (receiveCount: number): number =>
  receiveCount >= mostReceives ? 0.05 : 0.2 * 3 ** (receiveCount - 1);

/** Feeds a queue to its consumer: `concurrency` batches at the same time, what succeeded is deleted, what failed comes again later. */
export const pollQueue = (
  store: SqsStore,
  queue: SqsQueue,
  { batchSize, concurrency }: { batchSize: number; concurrency: number },
  deliver: Deliver,
  report: (text: string) => void,
): Poller => {
  let stopped = false;

  const handle = async (messages: readonly Received[]): Promise<void> => {
    const failed = await deliver(messages).catch((error: unknown) => {
      report(`${queue.name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      return new Set(messages.map(({ messageId }) => messageId));
    });
    for (const { messageId, receiptHandle, receiveCount } of messages) {
      if (failed.has(messageId)) queue.changeVisibility(receiptHandle, retryAfterSeconds(receiveCount));
      else queue.deleteMessage(receiptHandle);
    }
  };

  const loop = async (): Promise<void> => {
    while (!stopped) {
      const messages = receive(store, queue, batchSize);
      if (messages.length > 0) await handle(messages);
      else await queue.waitForMessages(idleWaitSeconds);
    }
  };

  const loops = Array.from({ length: concurrency }, loop);
  return {
    stop: async () => {
      stopped = true;
      queue.cancelWaiters();
      await Promise.all(loops);
    },
  };
};

const receive = (store: SqsStore, queue: SqsQueue, batchSize: number): Received[] =>
  queue
    .dequeue(Math.min(batchSize, 10), undefined, (arn) => store.getQueueByArn(arn))
    .flatMap(({ ReceiptHandle: receiptHandle }) => {
      const message = queue.inflightMessages.get(receiptHandle)?.message;
      if (message === undefined) return [];
      const { messageId, body, md5OfBody, sentTimestamp, approximateReceiveCount: receiveCount } = message;
      return [
        {
          messageId,
          receiptHandle,
          body,
          md5OfBody,
          sentAt: sentTimestamp,
          firstReceivedAt: message.approximateFirstReceiveTimestamp ?? sentTimestamp,
          receiveCount,
          attributes: message.messageAttributes,
        },
      ];
    });
