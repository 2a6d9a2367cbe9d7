import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { EventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { accept } from '../nag.ts';
import type { Watch } from '../watches.ts';
import type { ConsumerProps } from './consumer-props.ts';
import { ServiceFunction } from './service-function.ts';

/** Woken by messages of the chunk queue, or of its dead letters. It answers which messages of a batch failed; only those come again. */
export class QueueConsumer extends Construct {
  readonly watches: Watch[];

  constructor(scope: Construct, id: string, { trigger, ...props }: ConsumerProps<'queue'>) {
    super(scope, id);
    const { chunkQueue, deadChunkQueue } = props.resources;
    const { queueArn } = { chunks: chunkQueue, deadChunks: deadChunkQueue }[trigger.queue];
    const actions = ['sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'];
    const wakeAccess = [new PolicyStatement({ actions, resources: [queueArn] })];
    const { handler, watches } = new ServiceFunction(this, 'Consumer', { ...props, wakeAccess });
    this.watches = watches;
    const mapping = new EventSourceMapping(this, 'Mapping', {
      target: handler,
      eventSourceArn: queueArn,
      batchSize: trigger.batchSize,
      maxConcurrency: trigger.maxConcurrency,
      reportBatchItemFailures: true,
    });
    accept(mapping, 'Serverless-LambdaEventSourceMappingDestination');
  }
}
