import { defineFunction } from '../shared/environment.ts';

export const sourcesFunction = defineFunction({
  name: 'sources',
  purpose: 'Discovery sources and how their uploads are read, over HTTP',
  variables: ['TABLE_NAME', 'CURSOR_SECRET'],
  access: { table: 'readWrite' },
});
