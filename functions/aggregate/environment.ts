import { defineFunction } from '../shared/environment.ts';

export const aggregateFunction = defineFunction({
  name: 'aggregate',
  purpose: 'Judges the health of what changed in the table, and counts it and the software of CIs exactly once',
  variables: ['TABLE_NAME', 'DATA_BUCKET'],
  access: { table: 'readWrite', data: 'read' },
  memoryMb: 1024,
  timeoutSeconds: 60,
});
