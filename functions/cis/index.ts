import { serve } from '../http/serve.ts';
import { createLeanContext } from '../shared/lean-context.ts';
import { cisFunction } from './environment.ts';
import { cisHandlers } from './handlers.ts';
import { cisOperations } from './operations.ts';

export const handler = serve(cisOperations, cisHandlers, createLeanContext(cisFunction));
