import type { ApiContext } from '../http/serve.ts';
import { signedDocumentCalls } from '../store/document-calls-signed.ts';
import { contextOver } from './context-over.ts';
import type { FunctionSettings, VariableName } from './environment.ts';

/**
 * What an API function works with that has no room for the DynamoDB client, in size or in start-up time: the table is called by signed
 * requests. Throws when a variable that its settings name is missing.
 */
export const createLeanContext = <Name extends VariableName>(
  settings: FunctionSettings<Name | 'TABLE_NAME' | 'CURSOR_SECRET'>,
): ApiContext => contextOver(settings, signedDocumentCalls());
