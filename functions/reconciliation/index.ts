import { serve } from '../http/serve.ts';
import { createApiContext } from '../shared/api-context.ts';
import { reconciliationFunction } from './environment.ts';
import { reconciliationHandlers } from './handlers.ts';
import { reconciliationOperations } from './operations.ts';

export const handler = serve(
  reconciliationOperations,
  reconciliationHandlers,
  createApiContext(reconciliationFunction),
);
