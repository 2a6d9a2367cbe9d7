import { serve } from '../http/serve.ts';
import { createApiContext } from '../shared/api-context.ts';
import { driftFunction } from './environment.ts';
import { driftHandlers } from './handlers.ts';
import { driftOperations } from './operations.ts';

export const handler = serve(driftOperations, driftHandlers, createApiContext(driftFunction));
