import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { type Watch, watchDeadLetters, watchQueueAge } from '../watches.ts';
import { DeadLetterQueue } from './dead-letter-queue.ts';

/** The chunks of import runs on their way to be applied. A message is invisible for six timeouts of its consumer, as AWS asks. */
export class ChunkQueue extends Construct {
  readonly queue: Queue;
  readonly watches: Watch[];

  constructor(scope: Construct, id: string, { consumerTimeout }: { consumerTimeout: Duration }) {
    super(scope, id);
    const deadLetters = new DeadLetterQueue(this, 'DeadLetters');
    this.queue = new Queue(this, 'Queue', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      visibilityTimeout: Duration.seconds(6 * consumerTimeout.toSeconds()),
      retentionPeriod: Duration.days(14),
      deadLetterQueue: { queue: deadLetters, maxReceiveCount: 5 },
    });
    this.watches = [watchDeadLetters('chunks', deadLetters), watchQueueAge('chunks', this.queue)];
  }
}
