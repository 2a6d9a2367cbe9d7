import { readEnvironment } from '../shared/environment.ts';
import { createLog } from '../shared/log.ts';
import { sdkDocumentCalls } from '../store/document-calls-sdk.ts';
import { dynamoTable } from '../store/dynamo-table.ts';
import { failImportFunction } from './environment.ts';
import { handleGivenUp } from './handler.ts';

const environment = readEnvironment(failImportFunction);

export const handler = handleGivenUp({
  table: dynamoTable(environment.TABLE_NAME, sdkDocumentCalls()),
  log: createLog({ function: failImportFunction.name }),
  clock: () => new Date(),
});
