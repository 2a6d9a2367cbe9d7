import { Queue, QueueEncryption, type QueueProps } from 'aws-cdk-lib/aws-sqs';
import { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { accept } from '../nag.ts';

/** Where messages wait for a person, as long as SQS keeps anything: two weeks. An alarm rings while one is there. */
export class DeadLetterQueue extends Queue {
  constructor(scope: Construct, id: string, props: Pick<QueueProps, 'visibilityTimeout'> = {}) {
    super(scope, id, {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
      ...props,
    });
    accept(this, 'AwsSolutions-SQS3', 'Serverless-SQSRedrivePolicy');
  }
}
