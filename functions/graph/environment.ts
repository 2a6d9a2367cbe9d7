import { defineFunction } from '../shared/environment.ts';

export const graphFunction = defineFunction({
  name: 'graph',
  purpose: 'Impact, dependencies and root causes over HTTP',
  variables: ['TABLE_NAME', 'CURSOR_SECRET'],
  access: { table: 'readWrite' },
  memoryMb: 1024,
});
