import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import middy from '@middy/core';
import type { Context, SQSEvent, SQSRecord } from 'aws-lambda';
import { ChunkMessage } from '../queue/chunk-queue.ts';
import { describeError } from '../shared/log.ts';
import { type FailContext, failImport } from './fail-import.ts';

/** Messages of the chunk queue that came five times in vain. */
export const handleGivenUp = (context: FailContext) => {
  const one = async (record: SQSRecord): Promise<void> => {
    const message = ChunkMessage.parse(JSON.parse(record.body));
    const { runId, phase, chunk } = message;
    const log = context.log.with({ correlationId: runId, phase, chunk });
    try {
      const isFailed = await failImport(context, message);
      log.error('given up', {
        isFailed,
        fix: 'See why apply-import failed; then POST /imports/{runId}/apply goes on.',
      });
    } catch (error) {
      log.error('failed', describeError(error));
      throw error;
    }
  };
  return middy((event: SQSEvent, lambda: Context) =>
    processPartialResponse(event, one, new BatchProcessor(EventType.SQS), {
      context: lambda,
      throwOnFullBatchFailure: false,
    }),
  );
};
