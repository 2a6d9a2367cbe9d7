import type { ApiContext } from '../http/serve.ts';
import { sdkDocumentCalls } from '../store/document-calls-sdk.ts';
import { contextOver } from './context-over.ts';
import type { FunctionSettings, VariableName } from './environment.ts';

/** What an API function works with, built once when it starts. Throws when a variable that its settings name is missing. */
export const createApiContext = <Name extends VariableName>(
  settings: FunctionSettings<Name | 'TABLE_NAME' | 'CURSOR_SECRET'>,
): ApiContext => contextOver(settings, sdkDocumentCalls());
