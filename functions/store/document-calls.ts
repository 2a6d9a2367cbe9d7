import type { Item, Key } from './table.ts';

/*
 * The six calls that the table makes, in DynamoDB's own words but with plain JavaScript values for items. Two things speak them: the SDK
 * (document-calls-sdk) and signed requests (document-calls-signed). Both try again what passes, and answer with the same errors.
 */

export type Condition = {
  ConditionExpression?: string;
  ExpressionAttributeNames?: Record<string, string>;
  ExpressionAttributeValues?: Record<string, unknown>;
  ReturnValuesOnConditionCheckFailure: 'ALL_OLD';
};

export type PutInput = Condition & { TableName: string; Item: Item };
export type DeleteInput = Condition & { TableName: string; Key: Key };
export type TransactItem = { Put: PutInput } | { Delete: DeleteInput };

export type QueryInput = {
  TableName: string;
  IndexName?: string;
  KeyConditionExpression: string;
  ExpressionAttributeNames: Record<string, string>;
  ExpressionAttributeValues: Record<string, unknown>;
  Limit: number;
  ScanIndexForward: boolean;
  ConsistentRead?: boolean;
  ExclusiveStartKey?: Key & Record<string, string>;
  ProjectionExpression?: string;
};

/** What one call cost, as DynamoDB counts it; one entry per table. */
export type Spent = readonly { CapacityUnits?: number | undefined }[];

export type DocumentCalls = {
  get: (input: {
    TableName: string;
    Key: Key;
    ConsistentRead: boolean;
  }) => Promise<{ item: Item | undefined; spent: Spent }>;
  /** At most 100 keys. `unprocessed` were not read, and have to be asked for again. */
  batchGet: (input: {
    TableName: string;
    Keys: Key[];
    ConsistentRead: boolean;
  }) => Promise<{ items: Item[]; unprocessed: Key[]; spent: Spent }>;
  query: (
    input: QueryInput,
  ) => Promise<{ items: Item[]; last: (Key & Record<string, string>) | undefined; spent: Spent }>;
  /**
   * All or nothing. With a token once, however often it is sent; without, one that is sent again because its answer was lost meets itself.
   * Throws `TransactionRefused`.
   */
  transactWrite: (items: readonly TransactItem[], token: string | undefined) => Promise<{ spent: Spent }>;
  /** Throws `ConditionFailed`. */
  put: (input: PutInput) => Promise<{ spent: Spent }>;
  /** Throws `ConditionFailed`. */
  delete: (input: DeleteInput) => Promise<{ spent: Spent }>;
};

/** The condition of a single write did not hold; `current` is what stands there. */
export class ConditionFailed extends Error {
  readonly current: Item | undefined;
  constructor(current: Item | undefined) {
    super('the condition did not hold');
    this.name = 'ConditionFailed';
    this.current = current;
  }
}

/** A transaction was cancelled: one reason per write, `None` for those that were not the cause. */
export class TransactionRefused extends Error {
  readonly reasons: readonly { code: string; current: Item | undefined }[];
  constructor(reasons: readonly { code: string; current: Item | undefined }[]) {
    super(`transaction cancelled: ${reasons.map(({ code }) => code).join(', ')}`);
    this.name = 'TransactionRefused';
    this.reasons = reasons;
  }
}
