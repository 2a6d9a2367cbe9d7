import type { ApiContext } from '../http/serve.ts';
import type { DocumentCalls } from '../store/document-calls.ts';
import { dynamoTable } from '../store/dynamo-table.ts';
import { type FunctionSettings, readEnvironment, type VariableName } from './environment.ts';
import { createLog } from './log.ts';

/** What an API function works with, over one of the two ways to call the table. Throws when a variable that its settings name is missing. */
export const contextOver = <Name extends VariableName>(
  settings: FunctionSettings<Name | 'TABLE_NAME' | 'CURSOR_SECRET'>,
  calls: DocumentCalls,
): ApiContext => {
  const environment = readEnvironment<VariableName>(settings);
  return {
    table: dynamoTable(environment.TABLE_NAME, calls),
    log: createLog({ function: settings.name }),
    cursorSecret: environment.CURSOR_SECRET,
    clock: () => new Date(),
  };
};
