import { serve } from '../http/serve.ts';
import { createLeanContext } from '../shared/lean-context.ts';
import { dataHealthFunction } from './environment.ts';
import { dataHealthHandlers } from './handlers.ts';
import { dataHealthOperations } from './operations.ts';

export const handler = serve(dataHealthOperations, dataHealthHandlers, createLeanContext(dataHealthFunction));
