import { serve } from '../http/serve.ts';
import { createApiContext } from '../shared/api-context.ts';
import { readEnvironment } from '../shared/environment.ts';
import { uploadsFunction } from './environment.ts';
import { uploadsHandlers } from './handlers.ts';
import { uploadsOperations } from './operations.ts';
import { presignPosts } from './presign.ts';

const { UPLOADS_BUCKET, HOME_TENANT } = readEnvironment(uploadsFunction);

export const handler = serve(uploadsOperations, uploadsHandlers, {
  ...createApiContext(uploadsFunction),
  presign: presignPosts(UPLOADS_BUCKET),
  homeTenant: HOME_TENANT,
});
