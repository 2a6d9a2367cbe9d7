import { defineFunction } from '../shared/environment.ts';

export const relationshipsFunction = defineFunction({
  name: 'relationships',
  purpose: 'Relationships between CIs over HTTP',
  variables: ['TABLE_NAME', 'CURSOR_SECRET'],
  access: { table: 'readWrite' },
});
