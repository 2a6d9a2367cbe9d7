import { s3ObjectStore } from '../objects/s3-object-store.ts';
import { readEnvironment } from '../shared/environment.ts';
import { createLog } from '../shared/log.ts';
import { signedDocumentCalls } from '../store/document-calls-signed.ts';
import { dynamoTable } from '../store/dynamo-table.ts';
import { aggregateFunction } from './environment.ts';
import { handleChanges } from './handler.ts';

const environment = readEnvironment(aggregateFunction);

export const handler = handleChanges({
  table: dynamoTable(environment.TABLE_NAME, signedDocumentCalls()),
  data: s3ObjectStore(environment.DATA_BUCKET),
  log: createLog({ function: aggregateFunction.name }),
});
