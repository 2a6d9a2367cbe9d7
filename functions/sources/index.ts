import { serve } from '../http/serve.ts';
import { createApiContext } from '../shared/api-context.ts';
import { sourcesFunction } from './environment.ts';
import { sourcesHandlers } from './handlers.ts';
import { sourcesOperations } from './operations.ts';

export const handler = serve(sourcesOperations, sourcesHandlers, createApiContext(sourcesFunction));
