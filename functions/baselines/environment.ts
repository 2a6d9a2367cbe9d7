import { defineFunction } from '../shared/environment.ts';

export const baselinesFunction = defineFunction({
  name: 'baselines',
  purpose: 'Baselines and their differences over HTTP',
  variables: ['TABLE_NAME', 'CURSOR_SECRET', 'DATA_BUCKET'],
  memoryMb: 1024,
  timeoutSeconds: 29,
  access: { table: 'readWrite', data: 'readWrite' },
});
