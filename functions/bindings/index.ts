import { serve } from '../http/serve.ts';
import { createApiContext } from '../shared/api-context.ts';
import { bindingsFunction } from './environment.ts';
import { bindingsHandlers } from './handlers.ts';
import { bindingsOperations } from './operations.ts';

export const handler = serve(bindingsOperations, bindingsHandlers, createApiContext(bindingsFunction));
