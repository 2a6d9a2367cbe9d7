import {
  type AttributeValue,
  ConditionalCheckFailedException,
  DynamoDBClient,
  TransactionCanceledException,
} from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
} from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { ConditionFailed, type DocumentCalls, TransactionRefused } from './document-calls.ts';
import type { Item, Key } from './table.ts';

const ReturnConsumedCapacity = 'TOTAL' as const;

/** The calls through the SDK's document client. `endpoint` is for tests; else it, credentials and region come from the environment. */
export const sdkDocumentCalls = (options: { endpoint?: string } = {}): DocumentCalls => {
  const client = new DynamoDBClient({ maxAttempts: 8, ...options });
  const documents = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });

  return {
    get: async (input) => {
      const answer = await documents.send(new GetCommand({ ...input, ReturnConsumedCapacity }));
      return { item: answer.Item as Item | undefined, spent: [answer.ConsumedCapacity ?? {}] };
    },
    batchGet: async ({ TableName, ...wanted }) => {
      const input = { RequestItems: { [TableName]: wanted }, ReturnConsumedCapacity } as const;
      const answer = await documents.send(new BatchGetCommand(input));
      return {
        items: (answer.Responses?.[TableName] ?? []) as Item[],
        unprocessed: (answer.UnprocessedKeys?.[TableName]?.Keys ?? []) as Key[],
        spent: answer.ConsumedCapacity ?? [],
      };
    },
    query: async (input) => {
      const answer = await documents.send(new QueryCommand({ ...input, ReturnConsumedCapacity }));
      return {
        items: (answer.Items ?? []) as Item[],
        last: answer.LastEvaluatedKey as (Key & Record<string, string>) | undefined,
        spent: [answer.ConsumedCapacity ?? {}],
      };
    },
    // Without a token the SDK makes one.
    transactWrite: async (items, ClientRequestToken) => {
      const input = { TransactItems: [...items], ReturnConsumedCapacity, ClientRequestToken };
      const answer = await documents.send(new TransactWriteCommand(input)).catch(rethrow);
      return { spent: answer.ConsumedCapacity ?? [] };
    },
    put: async (input) => {
      const answer = await documents.send(new PutCommand({ ...input, ReturnConsumedCapacity })).catch(rethrow);
      return { spent: [answer.ConsumedCapacity ?? {}] };
    },
    delete: async (input) => {
      const answer = await documents.send(new DeleteCommand({ ...input, ReturnConsumedCapacity })).catch(rethrow);
      return { spent: [answer.ConsumedCapacity ?? {}] };
    },
  };
};

const rethrow = (error: unknown): never => {
  if (error instanceof ConditionalCheckFailedException) throw new ConditionFailed(itemOf(error.Item));
  if (!(error instanceof TransactionCanceledException)) throw error;
  const reasons = error.CancellationReasons ?? [];
  throw new TransactionRefused(reasons.map(({ Code = '', Item }) => ({ code: Code, current: itemOf(Item) })));
};

/** Errors are not translated by the document client. */
const itemOf = (stored: Record<string, AttributeValue> | undefined): Item | undefined =>
  stored === undefined ? undefined : (unmarshall(stored) as Item);
