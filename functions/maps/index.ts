import { serve } from '../http/serve.ts';
import { createApiContext } from '../shared/api-context.ts';
import { mapsFunction } from './environment.ts';
import { mapsHandlers, mapsRenderings } from './handlers.ts';
import { mapsOperations } from './operations.ts';

export const handler = serve(mapsOperations, mapsHandlers, createApiContext(mapsFunction), mapsRenderings);
