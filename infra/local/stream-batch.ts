import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import type { Invoke } from './lambda.ts';

/**
 * Hands a batch to its consumer. `done`: how many records from the start need not come again. A handler that throws is done with
 * none; a `shardId` is given to consumers with a window; a failure that names no record of the batch fails the whole batch, as in AWS.
 */
export const attemptBatch = async (
  invoke: Invoke,
  batch: DynamoDBRecord[],
  shardId?: string,
): Promise<{ done: number; reason: string }> => {
  try {
    const event: DynamoDBStreamEvent & { shardId?: string } = {
      Records: batch,
      ...(shardId === undefined ? {} : { shardId }),
    };
    const failures = ((await invoke(event)) as DynamoDBBatchResponse | undefined | null)?.batchItemFailures ?? [];
    if (failures.length === 0) return { done: batch.length, reason: '' };
    const failed = new Set(failures.map(({ itemIdentifier }) => itemIdentifier));
    const lowest = batch.findIndex(({ dynamodb }) => failed.has(dynamodb?.SequenceNumber ?? ''));
    return { done: Math.max(0, lowest), reason: 'reported by the handler' };
  } catch (error) {
    return { done: 0, reason: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
};
