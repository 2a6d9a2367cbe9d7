import { spawn } from 'node:child_process';
import { openSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { DataDirectory } from './data-directory.ts';
import { callDynamo, DynamoFault } from './dynamo-call.ts';
import { freePort, loopback } from './ports.ts';

/** `file` is the SQLite file behind it; an endpoint given from outside has none. */
export type Dynamo = { endpoint: string; file?: string; stop: () => Promise<void> };

/**
 * Runs Dynoxide as a child that cannot outlive us: its watcher waits for the end of a pipe that the kernel closes with this
 * process, however it dies. It has its own process group, so that ctrl-C in the terminal lets us finish before it goes.
 */
const watcher = `"$0" "$@" & child=$!; cat; kill $child; wait $child; [ -z "$REMOVE_AFTER" ] || rm -rf "$REMOVE_AFTER"`;

/** DynamoDB for this stack: Dynoxide on a free loopback port, or whatever DYNAMODB_ENDPOINT names. */
export const startDynamo = async (data: DataDirectory): Promise<Dynamo> => {
  const given = process.env.DYNAMODB_ENDPOINT;
  if (given !== undefined && given !== '') {
    await untilAnswering(given, () => undefined);
    return { endpoint: given, stop: async () => {} };
  }
  const file = join(data.path, 'dynamodb.sqlite');
  const port = await freePort();
  const log = openSync(join(data.path, 'dynamodb.log'), 'a', 0o600);
  const child = spawn(
    '/bin/sh',
    ['-c', watcher, findDynoxide(), 'serve', '--host', loopback, '--port', String(port), '--db-path', file],
    {
      stdio: ['pipe', log, log],
      detached: true,
      env: { PATH: process.env.PATH, REMOVE_AFTER: data.ephemeral ? data.path : '' },
    },
  );
  const gone = new Promise<void>((done) => child.once('close', () => done()));
  const stop = async () => {
    child.stdin?.end();
    await gone;
  };
  const endpoint = `http://${loopback}:${port}`;
  try {
    await untilAnswering(endpoint, () => child.exitCode);
  } catch (error) {
    await stop();
    throw error;
  }
  return { endpoint, file, stop };
};

const findDynoxide = (): string => {
  try {
    const manifest = createRequire(import.meta.url).resolve('@dynoxide/linux-x64/package.json');
    return join(dirname(manifest), 'dynoxide');
  } catch {
    throw new Error(
      `DynamoDB has no local binary for ${process.platform}-${process.arch} (only linux-x64 comes with npm). ` +
        'Start another one, for example DynamoDB Local (`docker run -p 8000:8000 amazon/dynamodb-local`), ' +
        'and say where: DYNAMODB_ENDPOINT=http://127.0.0.1:8000 npm start',
    );
  }
};

const untilAnswering = async (endpoint: string, exitCode: () => number | null | undefined): Promise<void> => {
  const deadline = Date.now() + 10_000;
  for (;;) {
    try {
      await callDynamo(endpoint, 'DynamoDB_20120810.ListTables', {});
      return;
    } catch (error) {
      if (error instanceof DynamoFault) throw error;
      if (Date.now() > deadline || typeof exitCode() === 'number') {
        throw new Error(`DynamoDB does not answer at ${endpoint}; see dynamodb.log in the data folder`, {
          cause: error,
        });
      }
      await pause(10);
    }
  }
};
