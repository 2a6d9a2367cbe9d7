import { serve } from '../http/serve.ts';
import { s3ObjectStore } from '../objects/s3-object-store.ts';
import { readEnvironment } from '../shared/environment.ts';
import { createLeanContext } from '../shared/lean-context.ts';
import { softwareFunction } from './environment.ts';
import { softwareHandlers } from './handlers.ts';
import { softwareOperations } from './operations.ts';

const environment = readEnvironment(softwareFunction);

export const handler = serve(softwareOperations, softwareHandlers, {
  ...createLeanContext(softwareFunction),
  data: s3ObjectStore(environment.DATA_BUCKET),
});
