import { defineFunction } from '../shared/environment.ts';

export const uploadsFunction = defineFunction({
  name: 'uploads',
  purpose: 'Presigned uploads for callers without bucket rights',
  variables: ['TABLE_NAME', 'CURSOR_SECRET', 'UPLOADS_BUCKET', 'HOME_TENANT'],
  access: { table: 'readWrite', uploads: 'post' },
});
