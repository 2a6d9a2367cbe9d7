import { serve } from '../http/serve.ts';
import { createApiContext } from '../shared/api-context.ts';
import { sightingsFunction } from './environment.ts';
import { sightingsHandlers } from './handlers.ts';
import { sightingsOperations } from './operations.ts';

export const handler = serve(sightingsOperations, sightingsHandlers, createApiContext(sightingsFunction));
