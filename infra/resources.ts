import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { EventBus } from 'aws-cdk-lib/aws-events';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { VariableName } from '../functions/shared/environment.ts';
import type { Stage } from './stage.ts';

/** What functions work on, and what they are told about it. */
export type Resources = {
  table: Table;
  uploads: Bucket;
  data: Bucket;
  chunkQueue: IQueue;
  deadChunkQueue: IQueue;
  /** By the name of the consumer of uploads whose dead letters they are. */
  deadUploadQueues: ReadonlyMap<string, IQueue>;
  bus: EventBus;
  variables: Record<VariableName, string>;
};

type State = Pick<Resources, 'table' | 'uploads' | 'data' | 'bus'> & { cursorSecret: Secret };

/**
 * The value of every variable that a function may ask for. The cursor secret is a reference that CloudFormation resolves when it
 * deploys: it stands in no template and no asset, and no function needs a call to Secrets Manager at its start.
 */
export const variablesOf = (
  stage: Stage,
  state: State,
  { chunkQueue, deadUploadQueues }: Pick<Resources, 'chunkQueue' | 'deadUploadQueues'>,
): Record<VariableName, string> => ({
  TABLE_NAME: state.table.tableName,
  UPLOADS_BUCKET: state.uploads.bucketName,
  DATA_BUCKET: state.data.bucketName,
  CHUNK_QUEUE_URL: chunkQueue.queueUrl,
  BUS_NAME: state.bus.eventBusName,
  CURSOR_SECRET: state.cursorSecret.secretValue.unsafeUnwrap(),
  HOME_TENANT: stage.homeTenant,
  DEAD_UPLOAD_QUEUES: [...deadUploadQueues].map(([name, { queueArn }]) => `${name}=${queueArn}`).join(' '),
});
