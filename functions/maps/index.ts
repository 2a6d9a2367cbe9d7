import { serve } from '../http/serve.ts';
import { contextOver } from '../shared/context-over.ts';
import { signedDocumentCalls } from '../store/document-calls-signed.ts';
import { mapsFunction } from './environment.ts';
import { mapsHandlers, mapsRenderings } from './handlers.ts';
import { mapsOperations } from './operations.ts';

/** The layout of pictures leaves no room for the DynamoDB client: the table is called by signed requests. */
const context = contextOver(mapsFunction, signedDocumentCalls());

export const handler = serve(mapsOperations, mapsHandlers, context, mapsRenderings);
