import { defineFunction } from '../shared/environment.ts';

export const modelFunction = defineFunction({
  name: 'model',
  purpose: 'Classes and relationship types over HTTP',
  variables: ['TABLE_NAME', 'CURSOR_SECRET'],
  access: { table: 'readWrite' },
});
