import { serve } from '../http/serve.ts';
import { createLeanContext } from '../shared/lean-context.ts';
import { mergesFunction } from './environment.ts';
import { mergesHandlers } from './handlers.ts';
import { mergesOperations } from './operations.ts';

export const handler = serve(mergesOperations, mergesHandlers, createLeanContext(mergesFunction));
