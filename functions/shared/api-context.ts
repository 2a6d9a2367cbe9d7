import type { ApiContext } from '../http/serve.ts';
import { sdkDocumentCalls } from '../store/document-calls-sdk.ts';
import { dynamoTable } from '../store/dynamo-table.ts';
import { type FunctionSettings, readEnvironment, type VariableName } from './environment.ts';
import { createLog } from './log.ts';

/** What an API function works with, built once when it starts. Throws when a variable that its settings name is missing. */
export const createApiContext = <Name extends VariableName>(
  settings: FunctionSettings<Name | 'TABLE_NAME' | 'CURSOR_SECRET'>,
): ApiContext => {
  const environment = readEnvironment<VariableName>(settings);
  return {
    table: dynamoTable(environment.TABLE_NAME, sdkDocumentCalls()),
    log: createLog({ function: settings.name }),
    cursorSecret: environment.CURSOR_SECRET,
    clock: () => new Date(),
  };
};
