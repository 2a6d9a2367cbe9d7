import { serve } from '../http/serve.ts';
import { s3ObjectStore } from '../objects/s3-object-store.ts';
import { readEnvironment } from '../shared/environment.ts';
import { createLeanContext } from '../shared/lean-context.ts';
import { importsFunction } from './environment.ts';
import { importsHandlers } from './handlers.ts';
import { importsOperations } from './operations.ts';

const environment = readEnvironment(importsFunction);

export const handler = serve(importsOperations, importsHandlers, {
  ...createLeanContext(importsFunction),
  data: s3ObjectStore(environment.DATA_BUCKET),
});
