import { defineFunction } from '../shared/environment.ts';

export const aggregateFunction = defineFunction({
  name: 'aggregate',
  purpose: 'Judges the health of what changed in the table, and counts it exactly once',
  variables: ['TABLE_NAME'],
  access: { table: 'readWrite' },
  memoryMb: 1024,
  timeoutSeconds: 60,
});
