import { s3ObjectStore } from '../objects/s3-object-store.ts';
import { sqsChunkQueue } from '../queue/sqs-chunk-queue.ts';
import { readEnvironment } from '../shared/environment.ts';
import { createLog } from '../shared/log.ts';
import { signedDocumentCalls } from '../store/document-calls-signed.ts';
import { dynamoTable } from '../store/dynamo-table.ts';
import { applyImportFunction } from './environment.ts';
import { handleChunks } from './handler.ts';

const environment = readEnvironment(applyImportFunction);

export const handler = handleChunks({
  table: dynamoTable(environment.TABLE_NAME, signedDocumentCalls()),
  data: s3ObjectStore(environment.DATA_BUCKET),
  queue: sqsChunkQueue(environment.CHUNK_QUEUE_URL),
  log: createLog({ function: applyImportFunction.name }),
  clock: () => new Date(),
});
