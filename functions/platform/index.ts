import { serve } from '../http/serve.ts';
import { createLog } from '../shared/log.ts';
import { platformFunction } from './environment.ts';
import { platformHandlers } from './handlers.ts';
import { noTable } from './no-table.ts';
import { platformOperations } from './operations.ts';

export const handler = serve(platformOperations, platformHandlers, {
  table: noTable,
  log: createLog({ function: platformFunction.name }),
  cursorSecret: '',
  clock: () => new Date(),
});
