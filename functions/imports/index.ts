import { serve } from '../http/serve.ts';
import { s3ObjectStore } from '../objects/s3-object-store.ts';
import { createApiContext } from '../shared/api-context.ts';
import { readEnvironment } from '../shared/environment.ts';
import { importsFunction } from './environment.ts';
import { importsHandlers } from './handlers.ts';
import { importsOperations } from './operations.ts';

const environment = readEnvironment(importsFunction);

export const handler = serve(importsOperations, importsHandlers, {
  ...createApiContext(importsFunction),
  data: s3ObjectStore(environment.DATA_BUCKET),
});
