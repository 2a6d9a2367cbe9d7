import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type { Invoke } from './lambda.ts';
import type { Deliver, Received } from './queue-poller.ts';

/** The event source mapping of a queue: real SQS records in, a partial batch response out. */
export const deliverRecords =
  (queueArn: string, invoke: Invoke): Deliver =>
  async (messages) => {
    const event: SQSEvent = { Records: messages.map((message) => recordOf(queueArn, message)) };
    return failedOf(await invoke(event), messages);
  };

/** A rule's target: each message is one event, handed over as it is. */
export const deliverEvents =
  (invoke: Invoke): Deliver =>
  async (messages) => {
    for (const { body } of messages) await invoke(JSON.parse(body));
    return new Set();
  };

/** A response that names no item, or one that is not in the batch, fails the whole batch, as in AWS. */
const failedOf = (response: unknown, messages: readonly Received[]): ReadonlySet<string> => {
  const failures = (response as SQSBatchResponse | undefined | null)?.batchItemFailures ?? [];
  const sent = new Set(messages.map(({ messageId }) => messageId));
  const failed = new Set(failures.map(({ itemIdentifier }) => itemIdentifier));
  return [...failed].every((id) => sent.has(id)) ? failed : sent;
};

const recordOf = (eventSourceARN: string, message: Received): SQSRecord => ({
  messageId: message.messageId,
  receiptHandle: message.receiptHandle,
  body: message.body,
  attributes: {
    ApproximateReceiveCount: String(message.receiveCount),
    SentTimestamp: String(message.sentAt),
    SenderId: '000000000000',
    ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt),
  },
  messageAttributes: Object.fromEntries(
    Object.entries(message.attributes).map(([name, { DataType, StringValue, BinaryValue }]) => [
      name,
      {
        ...(StringValue === undefined ? {} : { stringValue: StringValue }),
        ...(BinaryValue === undefined ? {} : { binaryValue: BinaryValue }),
        stringListValues: [],
        binaryListValues: [],
        dataType: DataType,
      },
    ]),
  ),
  md5OfBody: message.md5OfBody,
  eventSource: 'aws:sqs',
  eventSourceARN,
  awsRegion: 'us-east-1',
});
