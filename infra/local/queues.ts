import type { Emulator, SqsQueue } from './emulator.ts';

const deadSuffix = '-dlq';
/** So often a message is handed out before it is given up. */
export const mostReceives = 5;

const account = '000000000000';
const region = 'us-east-1';

/** Six times the function's time limit, as AWS advises for a queue that feeds a function. */
export const visibilityOf = (timeoutSeconds: number): number => 6 * timeoutSeconds;

/** Makes a queue with its dead-letter queue, or finds the stored ones. A message that failed five times goes to `<name>-dlq`, and from there nowhere. */
export const openQueue = ({ sqs, endpoint }: Emulator, name: string, visibilitySeconds: number): SqsQueue => {
  const open = (queueName: string) =>
    sqs.getQueueByName(queueName) ?? sqs.createQueue(queueName, queueUrl(endpoint, queueName), queueArn(queueName));
  const queue = open(name);
  const dead = name.endsWith(deadSuffix) ? undefined : open(`${name}${deadSuffix}`);
  const redrive = { deadLetterTargetArn: dead?.arn, maxReceiveCount: mostReceives };
  queue.setAttributes({
    VisibilityTimeout: String(visibilitySeconds),
    ...(dead === undefined ? {} : { RedrivePolicy: JSON.stringify(redrive) }),
  });
  return queue;
};

/** By address, not by name: with another host the SDK would leave the endpoint aside and look for that host. */
export const queueUrl = (endpoint: string, name: string): string => `${endpoint}/${account}/${name}`;

export const queueArn = (name: string): string => `arn:aws:sqs:${region}:${account}:${name}`;

export const topicArn = (name: string): string => `arn:aws:sns:${region}:${account}:${name}`;

export const isEmpty = ({ messages, delayedMessages, inflightMessages }: SqsQueue): boolean =>
  messages.length + delayedMessages.length + inflightMessages.size === 0;
