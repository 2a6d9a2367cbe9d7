import { serve } from '../http/serve.ts';
import { createApiContext } from '../shared/api-context.ts';
import { mergesFunction } from './environment.ts';
import { mergesHandlers } from './handlers.ts';
import { mergesOperations } from './operations.ts';

export const handler = serve(mergesOperations, mergesHandlers, createApiContext(mergesFunction));
