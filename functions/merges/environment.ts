import { defineFunction } from '../shared/environment.ts';

export const mergesFunction = defineFunction({
  name: 'merges',
  purpose: 'Merges two CIs or assets that are one, and takes it back, over HTTP',
  variables: ['TABLE_NAME', 'CURSOR_SECRET'],
  access: { table: 'readWrite' },
});
