import { defineFunction } from '../shared/environment.ts';

export const applyImportFunction = defineFunction({
  name: 'apply-import',
  purpose: 'Identifies the records of a chunk and writes assets, CIs, bindings and relationships',
  variables: ['TABLE_NAME', 'DATA_BUCKET', 'CHUNK_QUEUE_URL'],
  memoryMb: 1769,
  timeoutSeconds: 120,
  access: { table: 'readWrite', data: 'readWrite', chunkQueue: 'send' },
});
