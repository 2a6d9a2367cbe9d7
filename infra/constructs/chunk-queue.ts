import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { type Watch, watchDeadLetters, watchGivenUp, watchQueueAge } from '../watches.ts';
import { DeadLetterQueue } from './dead-letter-queue.ts';

/**
 * The chunks of import runs on their way to be applied. A message is invisible for six timeouts of its consumer, as AWS asks. Those that
 * came five times in vain are taken from the dead letters by a consumer of their own, which marks their runs.
 */
export class ChunkQueue extends Construct {
  readonly queue: Queue;
  readonly deadLetters: DeadLetterQueue;
  readonly watches: Watch[];

  constructor(scope: Construct, id: string, { consumerTimeout }: { consumerTimeout: Duration }) {
    super(scope, id);
    // As long as its own consumer, which is as quick as any, may need.
    const visibilityTimeout = Duration.seconds(6 * consumerTimeout.toSeconds());
    this.deadLetters = new DeadLetterQueue(this, 'DeadLetters', { visibilityTimeout });
    this.queue = new Queue(this, 'Queue', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      visibilityTimeout,
      retentionPeriod: Duration.days(14),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: 5 },
    });
    this.watches = [
      watchDeadLetters('chunks', this.deadLetters),
      watchGivenUp('chunks', this.deadLetters),
      watchQueueAge('chunks', this.queue),
    ];
  }
}
