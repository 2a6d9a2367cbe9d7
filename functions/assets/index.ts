import { serve } from '../http/serve.ts';
import { createApiContext } from '../shared/api-context.ts';
import { assetsFunction } from './environment.ts';
import { assetsHandlers } from './handlers.ts';
import { assetsOperations } from './operations.ts';

export const handler = serve(assetsOperations, assetsHandlers, createApiContext(assetsFunction));
