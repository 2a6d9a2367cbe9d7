import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { type App, Stack, Validations } from 'aws-cdk-lib/core';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import type { IConstruct } from 'constructs';

/** Every rule of cdk-nag that is not kept somewhere, and why. Accepted by the constructs that break it, never for a whole stack. */
const reasons = {
  'AwsSolutions-APIG4':
    'A public operation: its declaration says so, and health and contract must be readable without a token.',
  'AwsSolutions-COG8':
    'The Plus tier costs per user; installations with their own identity provider never use this pool.',
  'AwsSolutions-S1': 'This is the bucket that access logs go to; logging its own accesses would never end.',
  'AwsSolutions-SMG4':
    'A rotation would only end open lists, at the next deployment; the secret protects nothing that is stored.',
  'AwsSolutions-SQS3': 'This is itself a dead letter queue.',
  'Serverless-LambdaStarPermissions': 'Named actions; see the reasons at AwsSolutions-IAM5 for each resource.',
  'Serverless-SQSRedrivePolicy': 'This is itself a dead letter queue.',
  'Serverless-LambdaDLQ':
    'Called synchronously, by a mapping with its own failure queue, or with an on-failure destination (which says why).',
  'Serverless-LambdaEventSourceMappingDestination':
    'SQS mappings have no destination; the redrive policy of the queue does this.',
} as const;

export const addChecks = (app: App): void =>
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));

export const accept = (construct: IConstruct, ...rules: (keyof typeof reasons)[]): void =>
  Validations.of(construct).acknowledge(...rules.map((id) => ({ id, reason: reasons[id] })));

/** Accepts in a role's resources (never in its actions): the `*` of X-Ray and of listing streams, and objects by prefix. */
export const acceptWildcards = (role: IConstruct, objects: readonly { bucket: Bucket; prefix: string }[]): void =>
  Validations.of(role).acknowledge(
    {
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason: 'X-Ray and dynamodb:ListStreams know no resources; the actions are named.',
    },
    ...objects.map(({ bucket, prefix }) => ({
      id: `AwsSolutions-IAM5[Resource::${importedArn(bucket)}/${prefix}*]`,
      reason: 'Object keys hold tenant, source and run; which of them a function may touch is decided in its code.',
    })),
  );

/** How cdk-nag writes the ARN of a bucket of another stack: by the name under which that stack exports it. */
const importedArn = (bucket: Bucket): string => {
  const stack = Stack.of(bucket);
  return stack.resolve(stack.exportValue(bucket.bucketArn))['Fn::ImportValue'];
};
