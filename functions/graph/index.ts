import { serve } from '../http/serve.ts';
import { createApiContext } from '../shared/api-context.ts';
import { graphFunction } from './environment.ts';
import { graphHandlers } from './handlers.ts';
import { graphOperations } from './operations.ts';

export const handler = serve(graphOperations, graphHandlers, createApiContext(graphFunction));
