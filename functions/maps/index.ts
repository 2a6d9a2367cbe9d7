import { serve } from '../http/serve.ts';
import { createLeanContext } from '../shared/lean-context.ts';
import { mapsFunction } from './environment.ts';
import { mapsHandlers, mapsRenderings } from './handlers.ts';
import { mapsOperations } from './operations.ts';

export const handler = serve(mapsOperations, mapsHandlers, createLeanContext(mapsFunction), mapsRenderings);
