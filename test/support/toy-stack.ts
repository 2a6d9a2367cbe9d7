import { appendFileSync } from 'node:fs';
import { runLocalStack } from '../../infra/local/run.ts';
import { toyApi, toyConsumers, toyHandlers } from './toy-functions.ts';

/** Runs as a process of its own: `node test/support/toy-stack.ts CALLS_FILE [hang]`. Notes each call; with `hang`, consumers never end. */
const [file = '', mode] = process.argv.slice(2);
const note = (event: unknown) => {
  appendFileSync(file, `${JSON.stringify(event)}\n`);
  return mode === 'hang' ? new Promise<never>(() => {}) : Promise.resolve(undefined);
};

const { loadHandler } = toyHandlers({ 'on-upload': note, 'on-message': note, 'on-change': note });
await runLocalStack({
  apiFunctions: toyApi,
  consumers: toyConsumers,
  loadHandler,
  estate: false,
  ...(mode === 'ephemeral' ? { ephemeral: true } : {}),
});
