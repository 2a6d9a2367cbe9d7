import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { apiFunctions } from '../../../infra/application.ts';
import { bundleFunctions, bundlePath, bundleSettings } from '../../../infra/bundle.ts';
import { atMost, type Metric, told } from '../metric.ts';

const rounds = 25;
const baselinePath = join(bundleSettings.absWorkingDir, 'dist/bench/baseline.cjs');

/**
 * How much more CPU an API function needs to load than a function that does nothing but hold a DynamoDB client.
 *
 * The baseline is an empty handler with `new DynamoDBClient({})` and the commands the store uses, bundled with the same settings as every
 * function but without our stubs: the SDK as it comes. Each load is a fresh Node process with the function's environment, which
 * takes the CPU time (user and system, all threads) around `require` of the bundle. Functions and baseline take turns; the
 * least of all rounds counts, because everything else on the machine can only add to it.
 */
export async function* measureInit(): AsyncGenerator<Metric> {
  await bundleFunctions(apiFunctions.map(({ settings }) => settings.name));
  bundleBaseline();
  const bundles = [
    ['baseline', baselinePath] as const,
    ...apiFunctions.map(({ settings: { name } }) => [name, bundlePath(name)] as const),
  ];
  const least = new Map<string, number>();
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, path] of bundles) {
      least.set(name, Math.min(least.get(name) ?? Number.POSITIVE_INFINITY, cpuToLoad(path)));
    }
  }
  const baseline = least.get('baseline') ?? Number.NaN;
  yield told('init.baseline', baseline, 'ms');
  for (const { settings } of apiFunctions) {
    yield atMost(`init.${settings.name}`, (least.get(settings.name) ?? Number.NaN) / baseline, 'ratio', 1.25);
  }
}

const bundleBaseline = (): void => {
  const commands = ['BatchGetItem', 'DeleteItem', 'GetItem', 'PutItem', 'Query', 'TransactWriteItems'];
  const names = commands.map((command) => `${command}Command`).join(', ');
  const contents = `import { DynamoDBClient, ${names} } from '@aws-sdk/client-dynamodb';
    const client = new DynamoDBClient({});
    export const handler = async () => ({ statusCode: 204, client, commands: [${names}] });`;
  const stdin = { contents, resolveDir: bundleSettings.absWorkingDir };
  buildSync({ ...bundleSettings, stdin, outfile: baselinePath });
};

const load = `const before = process.cpuUsage();
require(process.argv[1]);
const { user, system } = process.cpuUsage(before);
console.log((user + system) / 1000);`;

const environment = {
  AWS_REGION: 'eu-west-1',
  AWS_ACCESS_KEY_ID: 'none',
  AWS_SECRET_ACCESS_KEY: 'none',
  TABLE_NAME: 'table',
  UPLOADS_BUCKET: 'uploads',
  DATA_BUCKET: 'data',
  CHUNK_QUEUE_URL: 'http://127.0.0.1/queue',
  BUS_NAME: 'hangar',
  CURSOR_SECRET: 'not-a-secret-of-anything',
  HOME_TENANT: 'home',
  DEAD_UPLOAD_QUEUES: 'plan-import=arn:aws:sqs:us-east-1:000000000000:dead',
};

/** CPU milliseconds. */
const cpuToLoad = (path: string): number => {
  const child = spawnSync(process.execPath, ['--eval', load, path], { env: environment, encoding: 'utf8' });
  if (child.status !== 0) throw new Error(`${path} does not load: ${child.stderr}`);
  return Number(child.stdout);
};
