import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { EventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { accept } from '../nag.ts';
import type { Watch } from '../watches.ts';
import type { ConsumerProps } from './consumer-props.ts';
import { ServiceFunction } from './service-function.ts';

/** Woken by messages of the chunk queue, of its dead letters, or of those of all consumers of uploads. It answers which messages of a batch failed; only those come again. */
export class QueueConsumer extends Construct {
  readonly watches: Watch[];

  constructor(scope: Construct, id: string, { trigger, ...props }: ConsumerProps<'queue'>) {
    super(scope, id);
    const { chunkQueue, deadChunkQueue, deadUploadQueues } = props.resources;
    const queues = { chunks: [chunkQueue], deadChunks: [deadChunkQueue], deadUploads: [...deadUploadQueues.values()] };
    const arns = queues[trigger.queue].map(({ queueArn }) => queueArn);
    const actions = ['sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'];
    const wakeAccess = [new PolicyStatement({ actions, resources: arns })];
    const { handler, watches } = new ServiceFunction(this, 'Consumer', { ...props, wakeAccess });
    this.watches = watches;
    for (const [n, eventSourceArn] of arns.entries()) {
      const mapping = new EventSourceMapping(this, n === 0 ? 'Mapping' : `Mapping${n + 1}`, {
        target: handler,
        eventSourceArn,
        batchSize: trigger.batchSize,
        maxConcurrency: trigger.maxConcurrency,
        reportBatchItemFailures: true,
      });
      accept(mapping, 'Serverless-LambdaEventSourceMappingDestination');
    }
  }
}
