import { defineFunction } from '../shared/environment.ts';

export const sightingsFunction = defineFunction({
  name: 'sightings',
  purpose: 'Where lost and stolen assets were seen, over HTTP',
  variables: ['TABLE_NAME', 'CURSOR_SECRET'],
  access: { table: 'read' },
});
