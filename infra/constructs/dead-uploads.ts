import { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { consumers } from '../application.ts';
import { DeadLetterQueue } from './dead-letter-queue.ts';
import { defaultTimeout } from './service-function.ts';

/**
 * Where each consumer of uploads leaves what it gave up, by the consumer's name. Another consumer takes it from there and marks the runs: a
 * message is invisible for six of its timeouts, as AWS asks.
 */
export const addDeadUploads = (scope: Construct): ReadonlyMap<string, DeadLetterQueue> => {
  const reader = consumers.find(({ trigger }) => trigger.kind === 'queue' && trigger.queue === 'deadUploads');
  const visibilityTimeout = Duration.seconds(6 * (reader?.settings.timeoutSeconds ?? defaultTimeout));
  return new Map(
    consumers.flatMap(({ settings: { name }, trigger }) =>
      trigger.kind === 'upload'
        ? [[name, new DeadLetterQueue(scope, `${name}-DeadLetters`, { visibilityTimeout })] as const]
        : [],
    ),
  );
};
