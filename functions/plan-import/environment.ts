import { defineFunction } from '../shared/environment.ts';

export const planImportFunction = defineFunction({
  name: 'plan-import',
  purpose: 'Reads an upload, finds what changed, cuts it into chunks',
  variables: ['TABLE_NAME', 'UPLOADS_BUCKET', 'DATA_BUCKET', 'CHUNK_QUEUE_URL', 'HOME_TENANT'],
  memoryMb: 1769,
  timeoutSeconds: 300,
  access: { table: 'readWrite', uploads: 'plan', data: 'readWrite', chunkQueue: 'send' },
});
