import { defineFunction } from '../shared/environment.ts';

export const driftFunction = defineFunction({
  name: 'drift',
  purpose: 'Drift findings and decisions over HTTP',
  variables: ['TABLE_NAME', 'CURSOR_SECRET'],
  access: { table: 'readWrite' },
});
