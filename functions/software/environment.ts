import { defineFunction } from '../shared/environment.ts';

export const softwareFunction = defineFunction({
  name: 'software',
  purpose: 'Bulky lists of CIs, software among them, over HTTP',
  variables: ['TABLE_NAME', 'CURSOR_SECRET', 'DATA_BUCKET'],
  memoryMb: 1024,
  access: { table: 'read', data: 'read' },
});
