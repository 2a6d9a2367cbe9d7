import { serve } from '../http/serve.ts';
import { createLeanContext } from '../shared/lean-context.ts';
import { graphFunction } from './environment.ts';
import { graphHandlers } from './handlers.ts';
import { graphOperations } from './operations.ts';

export const handler = serve(graphOperations, graphHandlers, createLeanContext(graphFunction));
