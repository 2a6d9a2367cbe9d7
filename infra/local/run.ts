import { resolve } from 'node:path';
import { describeImports, describeStack } from './banner.ts';
import { defaultDataDirectory } from './data-directory.ts';
import { uploadEstate } from './estate.ts';
import type { LocalStack, LocalStackOptions } from './local-stack.ts';
import { findRunning, removeRunning, writeRunning } from './running.ts';
import { startLocalStack } from './stack.ts';

export type RunOptions = LocalStackOptions & { estate: boolean };

/**
 * Runs the stack until ctrl-C or SIGTERM, and tells on the screen what a person needs. A second one on the same data is refused.
 * A signal during the start ends the process at once; what it had started ends with it.
 */
export const runLocalStack = async (options: RunOptions): Promise<void> => {
  let stack: LocalStack | undefined;
  let ending = false;
  const end = async (code: number) => {
    if (ending || stack === undefined) process.exit(code);
    ending = true;
    removeRunning();
    await stack.stop();
    process.exit(code);
  };
  process.on('SIGINT', () => void end(130));
  process.on('SIGTERM', () => void end(143));

  const dataDir = resolve(options.dataDir ?? defaultDataDirectory());
  const other = await findRunning();
  if (other !== undefined && options.ephemeral !== true && other.dataDirectory === dataDir) {
    throw new Error(`A local stack with this data runs already at ${other.apiUrl} (process ${other.pid}).`);
  }
  stack = await startLocalStack({ ...options, dataDir });
  try {
    const { apiUrl, s3Endpoint, uploadsBucket, dataDirectory } = stack;
    const token = await stack.tokenFor('discovery');
    writeRunning({ pid: process.pid, apiUrl, s3Endpoint, uploadsBucket, dataDirectory, token });
    const uploaded = await uploadEstate(stack, options.estate);
    if (uploaded > 0) console.log(`Importing the estate of Skyways: ${uploaded} files ...`);
    console.log(await describeStack(stack, options.ephemeral === true));
    await stack.settle(600_000);
    if (options.apiFunctions === undefined) console.log(await describeImports(stack));
  } catch (error) {
    console.error(error);
    await end(1);
  }
};
