import { serve } from '../http/serve.ts';
import { s3ObjectStore } from '../objects/s3-object-store.ts';
import { createApiContext } from '../shared/api-context.ts';
import { readEnvironment } from '../shared/environment.ts';
import { softwareFunction } from './environment.ts';
import { softwareHandlers } from './handlers.ts';
import { softwareOperations } from './operations.ts';

const environment = readEnvironment(softwareFunction);

export const handler = serve(softwareOperations, softwareHandlers, {
  ...createApiContext(softwareFunction),
  data: s3ObjectStore(environment.DATA_BUCKET),
});
