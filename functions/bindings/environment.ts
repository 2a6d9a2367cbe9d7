import { defineFunction } from '../shared/environment.ts';

export const bindingsFunction = defineFunction({
  name: 'bindings',
  purpose: 'Which asset realises which CI, over HTTP',
  variables: ['TABLE_NAME', 'CURSOR_SECRET'],
  access: { table: 'readWrite' },
});
