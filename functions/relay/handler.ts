import middy from '@middy/core';
import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { describeError } from '../shared/log.ts';
import { type RelayContext, readChange, relayChanges } from './relay.ts';

/**
 * A batch is relayed as a whole; only when that fails, record by record, to name the first that cannot be relayed. Lambda comes
 * again from there on, splits the batch, and at last sets that record aside in the failure queue.
 */
export const handleStream = (context: RelayContext) =>
  middy(async (event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> => {
    try {
      await relayChanges(context, event.Records.map(readChange));
      return { batchItemFailures: [] };
    } catch {
      for (const record of event.Records) {
        try {
          await relayChanges(context, [readChange(record)]);
        } catch (error) {
          const itemIdentifier = record.dynamodb?.SequenceNumber ?? '';
          context.log.error('not relayed', { itemIdentifier, ...describeError(error) });
          return { batchItemFailures: [{ itemIdentifier }] };
        }
      }
      return { batchItemFailures: [] };
    }
  });
