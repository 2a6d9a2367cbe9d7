import { defineFunction } from '../shared/environment.ts';

export const lookupFunction = defineFunction({
  name: 'lookup',
  purpose: 'Finds a device by one of its identifiers',
  variables: ['TABLE_NAME', 'CURSOR_SECRET'],
  access: { table: 'read' },
});
