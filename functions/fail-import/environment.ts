import { defineFunction } from '../shared/environment.ts';

export const failImportFunction = defineFunction({
  name: 'fail-import',
  purpose: 'Marks the run of a chunk that was given up as failed',
  variables: ['TABLE_NAME'],
  access: { table: 'readWrite' },
});
