import { setTimeout as pause } from 'node:timers/promises';
import { isServerError, isThrottlingError, isTransientError } from '@smithy/core/retry';

/** An answer that is a refusal. `code` is the service's own; `parts` what else it says. The names are those the SDK's classifiers read. */
export class ServiceFault extends Error {
  readonly $metadata: { httpStatusCode: number; clockSkewCorrected: boolean };
  readonly parts: Record<string, unknown>;
  constructor(
    code: string,
    detail: string,
    { statusCode, clockCorrected }: { statusCode: number; clockCorrected: boolean },
    parts: Record<string, unknown> = {},
  ) {
    super(`${statusCode} ${detail}`);
    this.name = code;
    this.$metadata = { httpStatusCode: statusCode, clockSkewCorrected: clockCorrected };
    this.parts = parts;
  }
}

export type Retries = { attempts: number; baseMs: number; longestMs: number };

const usual: Retries = { attempts: 8, baseMs: 50, longestMs: 5000 };

/**
 * Does it again after throttling, faults of the server, timeouts, broken connections and a corrected clock; by the SDK's own judgement of
 * errors. Pauses at random up to a limit that doubles (AWS: exponential backoff with full jitter), so that many do not come
 * back at once. Throws the last error.
 */
export const retrying = async <T>(task: () => Promise<T>, retries: Retries = usual): Promise<T> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await task();
    } catch (error) {
      if (attempt >= retries.attempts || !isPassing(error)) throw error;
      await pause(Math.random() * Math.min(retries.longestMs, retries.baseMs * 2 ** (attempt - 1)));
    }
  }
};

const isPassing = (error: unknown): boolean => {
  const judged = error as Parameters<typeof isTransientError>[0];
  return isThrottlingError(judged) || isTransientError(judged) || isServerError(judged);
};
