import { defineFunction } from '../shared/environment.ts';

export const reconciliationFunction = defineFunction({
  name: 'reconciliation',
  purpose: 'The rules on whose value is shown, over HTTP',
  variables: ['TABLE_NAME', 'CURSOR_SECRET'],
  access: { table: 'readWrite' },
});
