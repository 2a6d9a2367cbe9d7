import { DynamoDBClient, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, QueryCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { tableIndexes } from './contracts.ts';
import { batchGet, writeOne } from './dynamo-batches.ts';
import { conditionOf, spend } from './dynamo-requests.ts';
import { type Item, type Meter, type Page, type Query, type Table, type Write, WriteConflict } from './table.ts';

/** The `Table` on DynamoDB's own protocol. `endpoint` is only given locally; credentials and region come from the environment. */
export const dynamoTable = (tableName: string, options: { endpoint?: string } = {}): Table => {
  const client = new DynamoDBClient({
    maxAttempts: 8,
    ...(options.endpoint === undefined ? {} : { endpoint: options.endpoint }),
  });
  const documents = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
  const meter: Meter = { roundTrips: 0, readUnits: 0, writeUnits: 0 };
  const connection = { documents, tableName, meter };

  return {
    meter,
    get: async (key, { consistent = false } = {}) => {
      const answer = await documents.send(
        new GetCommand({ TableName: tableName, Key: key, ConsistentRead: consistent, ReturnConsumedCapacity: 'TOTAL' }),
      );
      spend(meter, 'readUnits', answer.ConsumedCapacity);
      return answer.Item as Item | undefined;
    },
    getMany: (keys, { consistent = false } = {}) => batchGet(connection, keys, consistent),
    query: async (query) => {
      const answer = await documents.send(new QueryCommand(queryInput(tableName, query)));
      spend(meter, 'readUnits', answer.ConsumedCapacity);
      return {
        items: (answer.Items ?? []) as Item[],
        ...(answer.LastEvaluatedKey === undefined
          ? {}
          : { last: answer.LastEvaluatedKey as NonNullable<Page['last']> }),
      };
    },
    transact: async (writes) => {
      if (writes.length === 0) return;
      try {
        const answer = await documents.send(
          new TransactWriteCommand({
            TransactItems: writes.map((write) => transactItem(tableName, write)),
            ReturnConsumedCapacity: 'TOTAL',
          }),
        );
        spend(meter, 'writeUnits', ...(answer.ConsumedCapacity ?? []));
      } catch (error) {
        throw conflictOf(error) ?? error;
      }
    },
    writeEach: (writes) => Promise.all(writes.map((write) => writeOne(connection, write))),
  };
};

const queryInput = (tableName: string, { index, pk, prefix, upTo, after, limit, backwards }: Query) => {
  const keys = index === undefined ? { partition: 'pk', sort: 'sk' } : tableIndexes[index];
  const conditions = ['#p = :p'];
  const names: Record<string, string> = { '#p': keys.partition };
  const values: Record<string, string> = { ':p': pk };
  if (upTo !== undefined) {
    conditions.push('#s BETWEEN :from AND :to');
    Object.assign(values, { ':from': prefix ?? ' ', ':to': upTo });
  } else if (prefix !== undefined) {
    conditions.push('begins_with(#s, :prefix)');
    values[':prefix'] = prefix;
  }
  if (conditions.length > 1) names['#s'] = keys.sort;
  return {
    TableName: tableName,
    ...(index === undefined ? {} : { IndexName: index }),
    KeyConditionExpression: conditions.join(' AND '),
    ExpressionAttributeNames: names,
    ExpressionAttributeValues: values,
    Limit: limit,
    ScanIndexForward: backwards !== true,
    ReturnConsumedCapacity: 'TOTAL' as const,
    ...(after === undefined ? {} : { ExclusiveStartKey: after }),
  };
};

const transactItem = (TableName: string, write: Write) => {
  const condition = { ...conditionOf(write.expect), ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const };
  return 'put' in write
    ? { Put: { TableName, Item: write.put, ...condition } }
    : { Delete: { TableName, Key: write.remove, ...condition } };
};

/** Another transaction at work on the same items at the same moment is a conflict too, though no condition failed yet. */
const conflictOf = (error: unknown): WriteConflict | undefined => {
  if (!(error instanceof TransactionCanceledException)) return undefined;
  const reasons = error.CancellationReasons ?? [];
  const failed = reasons.flatMap((reason, index) =>
    reason.Code === 'ConditionalCheckFailed'
      ? [{ index, current: reason.Item === undefined ? undefined : (unmarshall(reason.Item) as Item) }]
      : [],
  );
  const collided = reasons.some(({ Code }) => Code === 'TransactionConflict');
  return failed.length > 0 || collided ? new WriteConflict(failed) : undefined;
};
