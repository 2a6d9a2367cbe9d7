import { defineFunction } from '../shared/environment.ts';

export const unknownDevicesFunction = defineFunction({
  name: 'unknown-devices',
  purpose: 'Devices that were seen on the network and that nobody owns, over HTTP',
  variables: ['TABLE_NAME', 'CURSOR_SECRET'],
  access: { table: 'readWrite' },
});
