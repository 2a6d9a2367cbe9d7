import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import middy from '@middy/core';
import type { Context, SQSEvent, SQSRecord } from 'aws-lambda';
import { describeError } from '../shared/log.ts';
import { DeadUpload } from './dead-upload.ts';
import { type FailPlanningContext, failUpload } from './fail-planning.ts';
import { plannerOf } from './planners.ts';

/** Uploads whose planner failed each time, or that were never delivered to it. `queues`: which queue is which planner's. */
export const handleDeadUploads = (context: FailPlanningContext, queues: string) => {
  const one = async (record: SQSRecord): Promise<void> => {
    try {
      const planner = plannerOf(queues, record.eventSourceARN);
      const event = DeadUpload.parse(JSON.parse(record.body));
      const runId = await failUpload(context, planner, event);
      const log = context.log.with({ correlationId: runId, planner: planner.name, key: event.detail.object.key });
      log.error('given up', {
        isFailed: runId !== undefined,
        fix: `See why ${planner.name} failed; then upload again.`,
      });
    } catch (error) {
      context.log.error('failed', describeError(error));
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
