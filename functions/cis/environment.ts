import { defineFunction } from '../shared/environment.ts';

export const cisFunction = defineFunction({
  name: 'cis',
  purpose: 'Configuration items over HTTP',
  variables: ['TABLE_NAME', 'CURSOR_SECRET'],
  access: { table: 'readWrite' },
});
