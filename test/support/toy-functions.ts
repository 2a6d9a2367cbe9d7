import * as z from 'zod';
import { defineOperation } from '../../functions/http/operation.ts';
import type { FunctionSettings } from '../../functions/shared/environment.ts';
import type { ApiFunction, Consumer } from '../../infra/application.ts';
import type { Handler, LoadHandler } from '../../infra/local/lambda.ts';

const settingsOf = (name: string, timeoutSeconds = 30): FunctionSettings => ({
  name,
  purpose: 'toy',
  variables: [],
  access: {},
  timeoutSeconds,
});

const operation = (route: 'GET /toys/{toyId}' | 'GET /toys/new' | 'POST /toys' | 'GET /health') =>
  defineOperation({
    id: route,
    route,
    summary: 'toy',
    permission: route === 'GET /health' ? 'public' : 'asset:read',
    success: { status: 200, schema: z.unknown() },
    problems: [],
  });

/** An API function and one consumer per kind of trigger, to try the stack itself. */
export const toyApi: readonly ApiFunction[] = [
  {
    settings: settingsOf('toys'),
    operations: {
      one: operation('GET /toys/{toyId}'),
      fresh: operation('GET /toys/new'),
      make: operation('POST /toys'),
      health: operation('GET /health'),
    },
  },
];

export const toyConsumers: readonly Consumer[] = [
  { settings: settingsOf('on-upload'), trigger: { kind: 'upload', keyPrefixes: ['discovery/'] } },
  { settings: settingsOf('on-message'), trigger: { kind: 'queue', queue: 'chunks', batchSize: 1, maxConcurrency: 2 } },
  { settings: settingsOf('on-dead'), trigger: { kind: 'queue', queue: 'deadChunks', batchSize: 1, maxConcurrency: 1 } },
  {
    settings: settingsOf('on-dead-upload'),
    trigger: { kind: 'queue', queue: 'deadUploads', batchSize: 1, maxConcurrency: 1 },
  },
  { settings: settingsOf('on-change'), trigger: { kind: 'stream', batchSize: 10 } },
];

type ToyName = 'toys' | 'on-upload' | 'on-message' | 'on-dead' | 'on-dead-upload' | 'on-change';

/** What each toy was called with. A toy whose handler is not given only remembers. */
export const toyHandlers = (handlers: Partial<Record<ToyName, Handler>> = {}) => {
  const calls: Record<ToyName, unknown[]> = {
    toys: [],
    'on-upload': [],
    'on-message': [],
    'on-dead': [],
    'on-dead-upload': [],
    'on-change': [],
  };
  const loadHandler: LoadHandler = async (name) => async (event, context) => {
    calls[name as ToyName].push(event);
    return handlers[name as ToyName]?.(event, context);
  };
  return { calls, loadHandler };
};
