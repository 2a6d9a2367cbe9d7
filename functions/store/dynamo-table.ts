import { randomUUID } from 'node:crypto';
import { tableIndexes } from './contracts.ts';
import { type DocumentCalls, type QueryInput, type TransactItem, TransactionRefused } from './document-calls.ts';
import { batchGet, writeOne } from './dynamo-batches.ts';
import { conditionOf, spend } from './dynamo-requests.ts';
import { type Meter, type Query, type Table, type Write, WriteConflict } from './table.ts';

/** The `Table` on DynamoDB, through the SDK (`sdkDocumentCalls`) or signed requests (`signedDocumentCalls`). */
export const dynamoTable = (tableName: string, calls: DocumentCalls): Table => {
  const meter: Meter = { roundTrips: 0, readUnits: 0, writeUnits: 0 };
  const connection = { calls, tableName, meter };

  return {
    meter,
    get: async (key, { consistent = false } = {}) => {
      const { item, spent } = await calls.get({ TableName: tableName, Key: key, ConsistentRead: consistent });
      spend(meter, 'readUnits', spent);
      return item;
    },
    getMany: (keys, { consistent = false } = {}) => batchGet(connection, keys, consistent),
    query: async (query) => {
      const { items, last, spent } = await calls.query(queryInput(tableName, query));
      spend(meter, 'readUnits', spent);
      return last === undefined ? { items } : { items, last };
    },
    transact: async (writes, { rereads } = {}) => {
      if (writes.length === 0) return;
      // One token for all attempts: DynamoDB carries the transaction out once, even when an answer is lost.
      const token = rereads === true ? undefined : randomUUID();
      try {
        const { spent } = await calls.transactWrite(
          writes.map((write) => transactItem(tableName, write)),
          token,
        );
        spend(meter, 'writeUnits', spent);
      } catch (error) {
        throw conflictOf(error) ?? error;
      }
    },
    writeEach: (writes) => Promise.all(writes.map((write) => writeOne(connection, write))),
  };
};

const queryInput = (
  tableName: string,
  { index, pk, prefix, upTo, after, limit, backwards, consistent, only }: Query,
): QueryInput => {
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
  const wanted = only?.map((name) => `#${name}`);
  for (const name of only ?? []) names[`#${name}`] = name;
  return {
    TableName: tableName,
    ...(index === undefined ? {} : { IndexName: index }),
    KeyConditionExpression: conditions.join(' AND '),
    ExpressionAttributeNames: names,
    ExpressionAttributeValues: values,
    Limit: limit,
    ScanIndexForward: backwards !== true,
    ...(consistent === true ? { ConsistentRead: true } : {}),
    ...(after === undefined ? {} : { ExclusiveStartKey: after }),
    ...(wanted === undefined ? {} : { ProjectionExpression: wanted.join(', ') }),
  };
};

const transactItem = (TableName: string, write: Write): TransactItem =>
  'put' in write
    ? { Put: { TableName, Item: write.put, ...conditionOf(write.expect) } }
    : { Delete: { TableName, Key: write.remove, ...conditionOf(write.expect) } };

/** Another transaction at work on the same items at the same moment is a conflict too, though no condition failed yet. */
const conflictOf = (error: unknown): WriteConflict | undefined => {
  if (!(error instanceof TransactionRefused)) return undefined;
  const failed = error.reasons.flatMap(({ code, current }, index) =>
    code === 'ConditionalCheckFailed' ? [{ index, current }] : [],
  );
  const collided = error.reasons.some(({ code }) => code === 'TransactionConflict');
  return failed.length > 0 || collided ? new WriteConflict(failed) : undefined;
};
