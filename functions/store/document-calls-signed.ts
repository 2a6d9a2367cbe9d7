import { crc32 } from 'node:zlib';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { awsRegion } from '../shared/credentials.ts';
import { type JsonService, jsonCalls } from '../shared/json-calls.ts';
import { type Retries, ServiceFault } from '../shared/retrying.ts';
import {
  type Condition,
  ConditionFailed,
  type DocumentCalls,
  type Spent,
  TransactionRefused,
} from './document-calls.ts';
import { marshal } from './marshal.ts';
import type { Item, Key } from './table.ts';

type Stored = Record<string, AttributeValue>;
type Consumed = Spent[number];
type Options = { endpoint?: string; silenceMs?: number; retries?: Retries };

const ReturnConsumedCapacity = 'TOTAL';

/**
 * The calls by signed requests, for functions that have no room for the DynamoDB client (it has 170 kB) or call so often that its CPU
 * counts (a third of it here). Binary values are not supported; nothing stores one.
 */
export const signedDocumentCalls = ({ endpoint, silenceMs = 10_000, retries }: Options = {}): DocumentCalls => {
  const call = jsonCalls({
    service: 'dynamodb',
    silenceMs,
    target: 'DynamoDB_20120810',
    origin: endpoint ?? process.env.AWS_ENDPOINT_URL_DYNAMODB ?? `https://dynamodb.${awsRegion()}.amazonaws.com`,
    check: checkSum,
    ...(retries === undefined ? {} : { retries }),
  });
  const send = async <Answer>(operation: string, input: object): Promise<Answer> => {
    try {
      return (await call(operation, { ...input, ReturnConsumedCapacity })) as Answer;
    } catch (error) {
      throw refusalOf(error) ?? error;
    }
  };

  return {
    get: async ({ Key: key, ...rest }) => {
      const answer = await send<{ Item?: Stored; ConsumedCapacity?: Consumed }>('GetItem', {
        ...rest,
        Key: marshal(key),
      });
      return { item: itemOf(answer.Item), spent: [answer.ConsumedCapacity ?? {}] };
    },
    batchGet: async ({ TableName, Keys, ConsistentRead }) => {
      type Answer = {
        Responses?: Record<string, Stored[]>;
        UnprocessedKeys?: Record<string, { Keys: Stored[] }>;
        ConsumedCapacity?: Spent;
      };
      const RequestItems = { [TableName]: { Keys: Keys.map(marshal), ConsistentRead } };
      const answer = await send<Answer>('BatchGetItem', { RequestItems });
      return {
        items: (answer.Responses?.[TableName] ?? []).map((stored) => unmarshall(stored) as Item),
        unprocessed: (answer.UnprocessedKeys?.[TableName]?.Keys ?? []).map((stored) => unmarshall(stored) as Key),
        spent: answer.ConsumedCapacity ?? [],
      };
    },
    query: async ({ ExpressionAttributeValues, ExclusiveStartKey: after, ...rest }) => {
      type Answer = { Items?: Stored[]; LastEvaluatedKey?: Stored; ConsumedCapacity?: Consumed };
      const answer = await send<Answer>('Query', {
        ...rest,
        ExpressionAttributeValues: marshal(ExpressionAttributeValues),
        ...(after === undefined ? {} : { ExclusiveStartKey: marshal(after) }),
      });
      const last = answer.LastEvaluatedKey;
      return {
        items: (answer.Items ?? []).map(plainItem),
        last: last === undefined ? undefined : (unmarshall(last) as Key & Record<string, string>),
        spent: [answer.ConsumedCapacity ?? {}],
      };
    },
    transactWrite: async (items, token) => {
      const TransactItems = items.map((one) =>
        'Put' in one ? { Put: packed(one.Put) } : { Delete: packed(one.Delete) },
      );
      const input = { TransactItems, ...(token === undefined ? {} : { ClientRequestToken: token }) };
      const answer = await send<{ ConsumedCapacity?: Spent }>('TransactWriteItems', input);
      return { spent: answer.ConsumedCapacity ?? [] };
    },
    put: async (input) => spentIn(await send('PutItem', packed(input))),
    delete: async (input) => spentIn(await send('DeleteItem', packed(input))),
  };
};

const packed = (write: Condition & { Item?: Item; Key?: Key }) => ({
  ...write,
  ...(write.Item === undefined ? {} : { Item: marshal(write.Item) }),
  ...(write.Key === undefined ? {} : { Key: marshal(write.Key) }),
  ...(write.ExpressionAttributeValues === undefined
    ? {}
    : { ExpressionAttributeValues: marshal(write.ExpressionAttributeValues) }),
});

const itemOf = (stored: Stored | undefined): Item | undefined =>
  stored === undefined ? undefined : (unmarshall(stored) as Item);

/** An item of texts and numbers alone, as a source index is full of, is read in a tenth of the time that `unmarshall` takes. */
const plainItem = (stored: Stored): Item => {
  const item: Record<string, unknown> = {};
  for (const name in stored) {
    const value = stored[name];
    if (value?.S !== undefined) item[name] = value.S;
    else if (value?.N !== undefined && value.N.length < 16) item[name] = Number(value.N);
    else return unmarshall(stored) as Item;
  }
  return item as Item;
};

const spentIn = (answer: { ConsumedCapacity?: Consumed }) => ({ spent: [answer.ConsumedCapacity ?? {}] });

const refusalOf = (error: unknown): ConditionFailed | TransactionRefused | undefined => {
  if (!(error instanceof ServiceFault)) return undefined;
  if (error.name === 'ConditionalCheckFailedException')
    return new ConditionFailed(itemOf(error.parts.Item as Stored | undefined));
  if (error.name !== 'TransactionCanceledException') return undefined;
  const reasons = (error.parts.CancellationReasons ?? []) as { Code?: string; Item?: Stored }[];
  return new TransactionRefused(reasons.map(({ Code = '', Item }) => ({ code: Code, current: itemOf(Item) })));
};

/** DynamoDB sends the CRC-32 of what it answers; a damaged answer is asked for again. */
const checkSum: NonNullable<JsonService['check']> = (body, headers) => {
  const sum = headers['x-amz-crc32'];
  if (sum === undefined || Number(sum) === crc32(body)) return;
  throw Object.assign(new Error('the answer was damaged on its way'), { name: 'TimeoutError' });
};
