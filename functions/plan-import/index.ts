import { s3ObjectStore } from '../objects/s3-object-store.ts';
import { sqsChunkQueue } from '../queue/sqs-chunk-queue.ts';
import { readEnvironment } from '../shared/environment.ts';
import { createLog } from '../shared/log.ts';
import { signedDocumentCalls } from '../store/document-calls-signed.ts';
import { dynamoTable } from '../store/dynamo-table.ts';
import { planImportFunction } from './environment.ts';
import { handleUpload } from './handler.ts';

const environment = readEnvironment(planImportFunction);

export const handler = handleUpload(
  {
    table: dynamoTable(environment.TABLE_NAME, signedDocumentCalls()),
    uploads: s3ObjectStore(environment.UPLOADS_BUCKET),
    data: s3ObjectStore(environment.DATA_BUCKET),
    queue: sqsChunkQueue(environment.CHUNK_QUEUE_URL),
    log: createLog({ function: planImportFunction.name }),
    clock: () => new Date(),
  },
  environment.HOME_TENANT,
);
