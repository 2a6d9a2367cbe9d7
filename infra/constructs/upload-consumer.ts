import { Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as LambdaTarget } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { type Watch, watchDeadLetters, watchGivenUp } from '../watches.ts';
import type { ConsumerProps } from './consumer-props.ts';
import { ServiceFunction } from './service-function.ts';

/**
 * Woken by objects created in the uploads bucket. EventBridge retries a delivery for a day, Lambda a failed run twice; what fails
 * for good goes to the dead letter queue, whichever of the two gave up; from there its run is marked as failed.
 */
export class UploadConsumer extends Construct {
  readonly watches: Watch[];

  constructor(scope: Construct, id: string, { trigger, ...props }: ConsumerProps<'upload'>) {
    super(scope, id);
    const { name } = props.settings;
    const deadLetters = props.resources.deadUploadQueues.get(name);
    if (deadLetters === undefined) throw new Error(`There is no queue for what ${name} gives up.`);
    const wakeAccess = [new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [deadLetters.queueArn] })];
    const { handler, watches } = new ServiceFunction(this, 'Consumer', { ...props, wakeAccess });
    this.watches = [...watches, watchDeadLetters(name, deadLetters), watchGivenUp(name, deadLetters)];
    handler.configureAsyncInvoke({
      onFailure: new SqsDestination(deadLetters),
      retryAttempts: 2,
      maxEventAge: Duration.hours(6),
    });
    new Rule(this, 'Rule', {
      description: `Wakes ${name} when a file was uploaded`,
      eventPattern: {
        source: ['aws.s3'],
        detailType: ['Object Created'],
        detail: {
          bucket: { name: [props.resources.uploads.bucketName] },
          object: { key: trigger.keyPrefixes.map((prefix) => ({ prefix })) },
        },
      },
      targets: [
        new LambdaTarget(handler, {
          deadLetterQueue: deadLetters,
          retryAttempts: 185,
          maxEventAge: Duration.hours(24),
        }),
      ],
    });
  }
}
