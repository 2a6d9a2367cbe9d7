import { setTimeout as pause } from 'node:timers/promises';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { BatchGetCommand, DeleteCommand, type DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { conditionOf, spend } from './dynamo-requests.ts';
import type { Item, Key, Meter, Write, WriteResult } from './table.ts';

export type Connection = { documents: DynamoDBDocumentClient; tableName: string; meter: Meter };

const largestBatchGet = 100;

/** BatchGetItem in groups of 100, all groups at once; what comes back unprocessed is asked for again, with a growing pause. */
export const batchGet = async (connection: Connection, keys: readonly Key[], consistent: boolean): Promise<Item[]> => {
  const distinct = [...new Map(keys.map((key) => [`${key.pk}\n${key.sk}`, key])).values()];
  const groups = Array.from({ length: Math.ceil(distinct.length / largestBatchGet) }, (_, n) =>
    distinct.slice(n * largestBatchGet, (n + 1) * largestBatchGet),
  );
  return (await Promise.all(groups.map((group) => oneGroup(connection, group, consistent)))).flat();
};

const oneGroup = async ({ documents, tableName, meter }: Connection, keys: Key[], consistent: boolean) => {
  const found: Item[] = [];
  let wanted = keys;
  for (let attempt = 0; wanted.length > 0; attempt += 1) {
    if (attempt > 0) await pause(Math.min(1000, 25 * 2 ** attempt));
    const answer = await documents.send(
      new BatchGetCommand({
        RequestItems: { [tableName]: { Keys: wanted.map(({ pk, sk }) => ({ pk, sk })), ConsistentRead: consistent } },
        ReturnConsumedCapacity: 'TOTAL',
      }),
    );
    spend(meter, 'readUnits', ...(answer.ConsumedCapacity ?? []));
    found.push(...((answer.Responses?.[tableName] ?? []) as Item[]));
    wanted = (answer.UnprocessedKeys?.[tableName]?.Keys ?? []) as Key[];
  }
  return found;
};

/** One conditional write. A failed condition is an answer. */
export const writeOne = async (
  { documents, tableName: TableName, meter }: Connection,
  write: Write,
): Promise<WriteResult> => {
  const shared = {
    TableName,
    ...conditionOf(write.expect),
    ReturnConsumedCapacity: 'TOTAL' as const,
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
  };
  try {
    const answer =
      'put' in write
        ? await documents.send(new PutCommand({ ...shared, Item: write.put }))
        : await documents.send(new DeleteCommand({ ...shared, Key: write.remove }));
    spend(meter, 'writeUnits', answer.ConsumedCapacity);
    return { done: true };
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    spend(meter, 'writeUnits');
    return { done: false, current: error.Item === undefined ? undefined : (unmarshall(error.Item) as Item) };
  }
};
