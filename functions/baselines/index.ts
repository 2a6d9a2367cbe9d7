import { serve } from '../http/serve.ts';
import { s3ObjectStore } from '../objects/s3-object-store.ts';
import { readEnvironment } from '../shared/environment.ts';
import { createLeanContext } from '../shared/lean-context.ts';
import { baselinesFunction } from './environment.ts';
import { baselinesHandlers } from './handlers.ts';
import { baselinesOperations } from './operations.ts';

const environment = readEnvironment(baselinesFunction);

export const handler = serve(baselinesOperations, baselinesHandlers, {
  ...createLeanContext(baselinesFunction),
  data: s3ObjectStore(environment.DATA_BUCKET),
});
