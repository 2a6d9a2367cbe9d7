import { serve } from '../http/serve.ts';
import { createApiContext } from '../shared/api-context.ts';
import { modelFunction } from './environment.ts';
import { modelHandlers } from './handlers.ts';
import { modelOperations } from './operations.ts';

export const handler = serve(modelOperations, modelHandlers, createApiContext(modelFunction));
