import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import middy from '@middy/core';
import type { Context, SQSEvent, SQSRecord } from 'aws-lambda';
import { ChunkMessage } from '../queue/chunk-queue.ts';
import { describeError } from '../shared/log.ts';
import { applyChunk } from './apply-chunk.ts';
import type { ApplyContext } from './context.ts';

/** Each message for itself: one that fails comes back and, after five times, goes to the queue of the dead; the others are done. */
export const handleChunks = (context: ApplyContext) => {
  const one = async (record: SQSRecord, lambda?: Context): Promise<void> => {
    const message = ChunkMessage.parse(JSON.parse(record.body));
    const { runId, phase, chunk } = message;
    const log = context.log.with({ correlationId: runId, phase, chunk });
    try {
      await applyChunk(
        { ...context, log, ...(lambda && { timeLeft: () => lambda.getRemainingTimeInMillis() }) },
        message,
      );
      log.info('applied');
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
