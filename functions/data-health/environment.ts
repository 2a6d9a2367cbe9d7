import { defineFunction } from '../shared/environment.ts';

export const dataHealthFunction = defineFunction({
  name: 'data-health',
  purpose: 'The health of the data over HTTP: scorecard, failures, rules',
  variables: ['TABLE_NAME', 'CURSOR_SECRET'],
  access: { table: 'readWrite' },
});
