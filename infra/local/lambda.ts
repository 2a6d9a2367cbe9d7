import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Context } from 'aws-lambda';
import type { FunctionSettings } from '../../functions/shared/environment.ts';
import { projectRoot } from './data-directory.ts';

export type Handler = (event: unknown, context: Context) => Promise<unknown>;
export type LoadHandler = (name: string) => Promise<Handler>;

/** One function as the rest of the stack sees it. Rejects when the handler throws or exceeds its time. */
export type Invoke = (event: unknown) => Promise<unknown>;

let generation = 0;

/**
 * Imports `functions/<name>/index.ts`, anew for every stack (an entry point reads its environment once, when it is loaded).
 * A function without an entry point stops the start.
 */
export const entryPoints = (): LoadHandler => {
  generation += 1;
  const suffix = `?stack=${generation}`;
  return async (name) => {
    const file = join(projectRoot, 'functions', name, 'index.ts');
    if (!existsSync(file))
      throw new Error(`infra/application.ts names the function ${name}, but ${file} does not exist.`);
    const { handler } = (await import(`${pathToFileURL(file).href}${suffix}`)) as { handler?: unknown };
    if (typeof handler !== 'function') throw new Error(`${file} exports no function \`handler\`.`);
    return handler as Handler;
  };
};

/**
 * Calls a handler in this process as Lambda would. One difference remains: a handler that exceeds its time is given up, but
 * cannot be stopped.
 */
export const invoker = ({ name, timeoutSeconds = 30 }: FunctionSettings, handler: Handler): Invoke => {
  return async (event) => {
    const deadline = Date.now() + timeoutSeconds * 1000;
    const awsRequestId = randomUUID();
    const context: Context = {
      awsRequestId,
      functionName: name,
      functionVersion: '$LATEST',
      invokedFunctionArn: `arn:aws:lambda:us-east-1:000000000000:function:${name}`,
      memoryLimitInMB: '1769',
      logGroupName: `/aws/lambda/${name}`,
      logStreamName: 'local',
      callbackWaitsForEmptyEventLoop: false,
      getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
      done: () => {},
      fail: () => {},
      succeed: () => {},
    };
    let timer: NodeJS.Timeout | undefined;
    const timeout = new Promise<never>((_, reject) => {
      timer = setTimeout(
        () => reject(new Error(`${name}: Task timed out after ${timeoutSeconds}.00 seconds (${awsRequestId})`)),
        timeoutSeconds * 1000,
      );
    });
    try {
      return await Promise.race([handler(event, context), timeout]);
    } finally {
      clearTimeout(timer);
    }
  };
};
