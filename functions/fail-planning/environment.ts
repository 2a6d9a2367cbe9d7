import { defineFunction } from '../shared/environment.ts';

export const failPlanningFunction = defineFunction({
  name: 'fail-planning',
  purpose: 'Marks the run of an upload whose planner was given up as failed',
  variables: ['TABLE_NAME', 'UPLOADS_BUCKET', 'HOME_TENANT', 'DEAD_UPLOAD_QUEUES'],
  access: { table: 'readWrite', uploads: 'calls' },
});
