import { defineFunction } from '../shared/environment.ts';

export const swapsFunction = defineFunction({
  name: 'swaps',
  purpose: 'Swaps the asset under a CI, or one CI for another, over HTTP',
  variables: ['TABLE_NAME', 'CURSOR_SECRET'],
  access: { table: 'readWrite' },
});
