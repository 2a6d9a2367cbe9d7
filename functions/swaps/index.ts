import { serve } from '../http/serve.ts';
import { createApiContext } from '../shared/api-context.ts';
import { swapsFunction } from './environment.ts';
import { swapsHandlers } from './handlers.ts';
import { swapsOperations } from './operations.ts';

export const handler = serve(swapsOperations, swapsHandlers, createApiContext(swapsFunction));
