import { defineFunction } from '../shared/environment.ts';

export const relayFunction = defineFunction({
  name: 'relay',
  purpose: 'Turns the stream of the table into history and events',
  variables: ['TABLE_NAME', 'BUS_NAME', 'CHUNK_QUEUE_URL'],
  access: { table: 'readWrite', bus: 'put', chunkQueue: 'send' },
});
