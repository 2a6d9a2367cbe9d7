import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { accept } from '../nag.ts';

/** Where messages wait for a person, as long as SQS keeps anything: two weeks. An alarm rings while one is there. */
export class DeadLetterQueue extends Queue {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    accept(this, 'AwsSolutions-SQS3', 'Serverless-SQSRedrivePolicy');
  }
}
