import { defineFunction } from '../shared/environment.ts';

export const importsFunction = defineFunction({
  name: 'imports',
  purpose: 'Import runs and their records over HTTP',
  variables: ['TABLE_NAME', 'CURSOR_SECRET', 'DATA_BUCKET'],
  access: { table: 'readWrite', data: 'read' },
});
