import { serve } from '../http/serve.ts';
import { createApiContext } from '../shared/api-context.ts';
import { cisFunction } from './environment.ts';
import { cisHandlers } from './handlers.ts';
import { cisOperations } from './operations.ts';

export const handler = serve(cisOperations, cisHandlers, createApiContext(cisFunction));
