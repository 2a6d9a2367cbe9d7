import { parseArgs } from 'node:util';
import { runLocalStack } from './run.ts';

const usage = `npm start -- [--ephemeral] [--port N] [--no-estate]
  --ephemeral   keep data in memory; otherwise in .hangar (or HANGAR_DATA)
  --port N      port of the API (default: PORT or 3000; the next free one if taken)
  --no-estate   do not import the demo estate at the first start`;

try {
  const { values } = parseArgs({
    options: {
      ephemeral: { type: 'boolean', default: false },
      port: { type: 'string', default: process.env.PORT ?? '3000' },
      'no-estate': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error(`--port ${values.port} is no port`);
  if (values.help) console.log(usage);
  else await runLocalStack({ ephemeral: values.ephemeral, port, awsPort: 4566, estate: !values['no-estate'] });
} catch (error) {
  console.error(`${error instanceof Error ? error.message : error}\n\n${usage}`);
  process.exit(1);
}
