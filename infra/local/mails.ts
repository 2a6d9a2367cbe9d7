import type { Emulator } from './emulator.ts';
import { openQueue, topicArn } from './queues.ts';

/** An e-mail that SNS would have sent. */
export type Mail = { to: string[]; subject?: string; message: string; sentAt: string };

const alertsTopic = 'hangar-alerts';
const mailQueue = 'hangar-local-mails';

/** Makes the alerts topic. fauxqs delivers to no e-mail address: a local queue subscribes too, and is read instead of a mailbox. */
export const openMails = (emulator: Emulator): { topicArn: string; read: () => Mail[] } => {
  const arn = topicArn(alertsTopic);
  const queue = openQueue(emulator, mailQueue, 30);
  const { sns } = emulator;
  if (sns.getTopic(arn) === undefined) sns.createTopic(alertsTopic, undefined, undefined, 'us-east-1');
  const subscriptions = () => [...sns.subscriptions.values()].filter((one) => one.topicArn === arn);
  if (!subscriptions().some(({ endpoint }) => endpoint === queue.arn)) sns.subscribe(arn, 'sqs', queue.arn);

  const read = (): Mail[] => {
    const to = subscriptions().flatMap(({ protocol, endpoint }) => (protocol === 'email' ? [endpoint] : []));
    return queue.inspectMessages().ready.map(({ body }) => {
      const { Subject, Message, Timestamp } = JSON.parse(body) as Record<'Subject' | 'Message' | 'Timestamp', string>;
      return { to, ...(Subject === undefined ? {} : { subject: Subject }), message: Message, sentAt: Timestamp };
    });
  };
  return { topicArn: arn, read };
};
