import { serve } from '../http/serve.ts';
import { createApiContext } from '../shared/api-context.ts';
import { dataHealthFunction } from './environment.ts';
import { dataHealthHandlers } from './handlers.ts';
import { dataHealthOperations } from './operations.ts';

export const handler = serve(dataHealthOperations, dataHealthHandlers, createApiContext(dataHealthFunction));
