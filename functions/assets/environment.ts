import { defineFunction } from '../shared/environment.ts';

export const assetsFunction = defineFunction({
  name: 'assets',
  purpose: 'The asset register over HTTP',
  variables: ['TABLE_NAME', 'CURSOR_SECRET'],
  access: { table: 'readWrite' },
});
