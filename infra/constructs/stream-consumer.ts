import { Duration } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { EventSourceMapping, FilterCriteria, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Construct } from 'constructs';
import { type Watch, watchDeadLetters, watchStreamLag } from '../watches.ts';
import type { ConsumerProps } from './consumer-props.ts';
import { DeadLetterQueue } from './dead-letter-queue.ts';
import { ServiceFunction } from './service-function.ts';

/**
 * Woken by changes of the table, in order per item: one batch of a shard at a time, halved when it fails. What still fails after all
 * retries is put aside with its position in the stream, so that one bad item never stops the rest; with a window there is no last retry
 * before the record leaves the stream.
 */
export class StreamConsumer extends Construct {
  readonly watches: Watch[];

  constructor(scope: Construct, id: string, { trigger, ...props }: ConsumerProps<'stream'>) {
    super(scope, id);
    const { tableStreamArn } = props.resources.table;
    if (tableStreamArn === undefined) throw new Error('The table has no stream.');
    const deadLetters = new DeadLetterQueue(this, 'DeadLetters');
    const actions = ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'];
    const wakeAccess = [
      new PolicyStatement({ actions, resources: [tableStreamArn] }),
      new PolicyStatement({ actions: ['dynamodb:ListStreams'], resources: ['*'] }),
      new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [deadLetters.queueArn] }),
    ];
    const { handler, watches } = new ServiceFunction(this, 'Consumer', { ...props, wakeAccess });
    const { name } = props.settings;
    this.watches = [...watches, watchDeadLetters(name, deadLetters), watchStreamLag(name, handler)];
    new EventSourceMapping(this, 'Mapping', {
      target: handler,
      eventSourceArn: tableStreamArn,
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: trigger.batchSize,
      parallelizationFactor: 1,
      bisectBatchOnError: true,
      reportBatchItemFailures: true,
      ...(trigger.window === undefined
        ? { retryAttempts: 10 }
        : {
            maxBatchingWindow: Duration.seconds(trigger.window.batchingSeconds),
            tumblingWindow: Duration.seconds(trigger.window.tumblingSeconds),
          }),
      onFailure: new SqsDlq(deadLetters),
      ...(trigger.filter === undefined ? {} : { filters: [FilterCriteria.filter(trigger.filter)] }),
    });
  }
}
