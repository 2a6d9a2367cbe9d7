import { serve } from '../http/serve.ts';
import { createApiContext } from '../shared/api-context.ts';
import { lookupFunction } from './environment.ts';
import { lookupHandlers } from './handlers.ts';
import { lookupOperations } from './operations.ts';

export const handler = serve(lookupOperations, lookupHandlers, createApiContext(lookupFunction));
