import { type Bucket, type CfnBucket, StorageClass } from 'aws-cdk-lib/aws-s3';
import { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { PrivateBucket } from './private-bucket.ts';

/** Where discovery files land. Raw files are kept for two years, so that a run can be explained and repeated. */
export class UploadsBucket extends PrivateBucket {
  constructor(scope: Construct, id: string, props: { logs: Bucket }) {
    super(scope, id, {
      ...props,
      lifecycleRules: [
        {
          transitions: [{ storageClass: StorageClass.INFREQUENT_ACCESS, transitionAfter: Duration.days(30) }],
          expiration: Duration.days(730),
        },
      ],
    });
    // The L2 property `eventBridgeEnabled` needs a custom resource and its Lambda function; CloudFormation itself needs one line.
    const bucket = this.node.defaultChild as CfnBucket;
    bucket.notificationConfiguration = { eventBridgeConfiguration: { eventBridgeEnabled: true } };
  }
}
