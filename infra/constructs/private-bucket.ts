import { BlockPublicAccess, Bucket, BucketEncryption, type IBucket, type LifecycleRule } from 'aws-cdk-lib/aws-s3';
import { Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';

type Props = { logs: Bucket; lifecycleRules?: LifecycleRule[] };

/** A versioned bucket for this installation only: encrypted, by TLS only, with every access logged. */
export class PrivateBucket extends Bucket {
  constructor(scope: Construct, id: string, { logs, lifecycleRules = [] }: Props) {
    super(scope, id, {
      versioned: true,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      serverAccessLogsBucket: logs as IBucket,
      serverAccessLogsPrefix: `${id.toLowerCase()}/`,
      lifecycleRules: [
        { abortIncompleteMultipartUploadAfter: Duration.days(2), noncurrentVersionExpiration: Duration.days(30) },
        ...lifecycleRules,
      ],
      removalPolicy: RemovalPolicy.RETAIN,
    });
  }
}
