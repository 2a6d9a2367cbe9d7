import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import middy from '@middy/core';
import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import type { ObjectStore } from '../objects/object-store.ts';
import type { Log } from '../shared/log.ts';
import type { Item, Table } from '../store/table.ts';
import { countHealth } from './count-health.ts';
import { countSoftware } from './count-software.ts';
import { judgeRecords } from './judge-records.ts';
import { advanceRecounts } from './recount.ts';
import type { ShardChange } from './shard-change.ts';
import { findTouched } from './touched.ts';

export type AggregateContext = { table: Table; data: ObjectStore; log: Pick<Log, 'error'> };

/** A batch of one shard. Lambda names the shard because the mapping has a window; the window's state is not used. */
type WindowedEvent = DynamoDBStreamEvent & { shardId?: string };

/**
 * Whatever fails makes the whole batch come again, for as long as the stream keeps it: nothing here is done twice by that, and a record set
 * aside would be missing from the counters for good. So an item that cannot be read is logged and passed over, never thrown at.
 */
export const handleChanges = (context: AggregateContext) =>
  middy(async (event: WindowedEvent): Promise<DynamoDBBatchResponse & { state: object }> => {
    const { shardId } = event;
    if (shardId === undefined)
      throw new Error('The event names no shard: the event source mapping needs a tumbling window.');
    await aggregateChanges(
      context,
      shardId,
      event.Records.map(({ dynamodb }) => ({
        sequence: dynamodb?.SequenceNumber ?? '',
        at: new Date((dynamodb?.ApproximateCreationDateTime ?? 0) * 1000).toISOString(),
        before: itemOf(dynamodb?.OldImage),
        after: itemOf(dynamodb?.NewImage),
      })),
    );
    return { batchItemFailures: [], state: {} };
  });

/**
 * Counts what changed in the health of records, judges the records whose health may have changed (which comes by here again, to be counted),
 * takes the recounts a step further, and counts installations of software. May be called any number of times with the same records.
 */
export const aggregateChanges = async (
  { table, data, log }: AggregateContext,
  shardId: string,
  changes: readonly ShardChange[],
): Promise<void> => {
  await countHealth(table, shardId, changes);
  await judgeRecords(table, await findTouched(table, changes), log);
  await advanceRecounts(table, changes, log);
  await countSoftware({ table, data, log }, shardId, changes);
};

const itemOf = (image: unknown): Item | undefined =>
  image === undefined ? undefined : (unmarshall(image as Record<string, AttributeValue>) as Item);
