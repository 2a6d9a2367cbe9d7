import { s3ObjectStore } from '../objects/s3-object-store.ts';
import { readEnvironment } from '../shared/environment.ts';
import { createLog } from '../shared/log.ts';
import { signedDocumentCalls } from '../store/document-calls-signed.ts';
import { dynamoTable } from '../store/dynamo-table.ts';
import { failPlanningFunction } from './environment.ts';
import { handleDeadUploads } from './handler.ts';

const environment = readEnvironment(failPlanningFunction);

export const handler = handleDeadUploads(
  {
    table: dynamoTable(environment.TABLE_NAME, signedDocumentCalls()),
    uploads: s3ObjectStore(environment.UPLOADS_BUCKET),
    log: createLog({ function: failPlanningFunction.name }),
    clock: () => new Date(),
    homeTenant: environment.HOME_TENANT,
  },
  environment.DEAD_UPLOAD_QUEUES,
);
