import { defineFunction } from '../shared/environment.ts';

export const mapsFunction = defineFunction({
  name: 'maps',
  purpose: 'Service maps over HTTP, as JSON and as SVG',
  variables: ['TABLE_NAME', 'CURSOR_SECRET'],
  access: { table: 'read' },
  memoryMb: 1024,
});
