import type { Registry } from '../imports/formats/format.ts';
import { s3ObjectStore } from '../objects/s3-object-store.ts';
import { sqsChunkQueue } from '../queue/sqs-chunk-queue.ts';
import { readEnvironment } from '../shared/environment.ts';
import { createLog } from '../shared/log.ts';
import { signedDocumentCalls } from '../store/document-calls-signed.ts';
import { dynamoTable } from '../store/dynamo-table.ts';
import type { planImportFunction } from './environment.ts';
import { handleUpload } from './handler.ts';

/** The handler of a planner: all of them do the same with other formats. Throws at start when a variable is missing. */
export const createPlanner = (settings: typeof planImportFunction, registry: Registry) => {
  const environment = readEnvironment(settings);
  return handleUpload(
    {
      table: dynamoTable(environment.TABLE_NAME, signedDocumentCalls()),
      uploads: s3ObjectStore(environment.UPLOADS_BUCKET),
      data: s3ObjectStore(environment.DATA_BUCKET),
      queue: sqsChunkQueue(environment.CHUNK_QUEUE_URL),
      log: createLog({ function: settings.name }),
      clock: () => new Date(),
    },
    registry,
    environment.HOME_TENANT,
  );
};
