import { setTimeout as pause } from 'node:timers/promises';
import { ConditionFailed, type DocumentCalls } from './document-calls.ts';
import { conditionOf, spend } from './dynamo-requests.ts';
import type { Item, Key, Meter, Write, WriteResult } from './table.ts';

export type Connection = { calls: DocumentCalls; tableName: string; meter: Meter };

const largestBatchGet = 100;

/** BatchGetItem in groups of 100, all groups at once; what comes back unprocessed is asked for again, with a growing pause. */
export const batchGet = async (connection: Connection, keys: readonly Key[], consistent: boolean): Promise<Item[]> => {
  const distinct = [...new Map(keys.map((key) => [`${key.pk}\n${key.sk}`, key])).values()];
  const groups = Array.from({ length: Math.ceil(distinct.length / largestBatchGet) }, (_, n) =>
    distinct.slice(n * largestBatchGet, (n + 1) * largestBatchGet),
  );
  return (await Promise.all(groups.map((group) => oneGroup(connection, group, consistent)))).flat();
};

const oneGroup = async ({ calls, tableName, meter }: Connection, keys: Key[], consistent: boolean) => {
  const found: Item[] = [];
  let wanted = keys;
  for (let attempt = 0; wanted.length > 0; attempt += 1) {
    if (attempt > 0) await pause(Math.min(1000, 25 * 2 ** attempt));
    const answer = await calls.batchGet({
      TableName: tableName,
      Keys: wanted.map(({ pk, sk }) => ({ pk, sk })),
      ConsistentRead: consistent,
    });
    spend(meter, 'readUnits', answer.spent);
    found.push(...answer.items);
    wanted = answer.unprocessed;
  }
  return found;
};

/** One conditional write. A failed condition is an answer. */
export const writeOne = async (
  { calls, tableName: TableName, meter }: Connection,
  write: Write,
): Promise<WriteResult> => {
  const shared = { TableName, ...conditionOf(write.expect) };
  try {
    const { spent } = await ('put' in write
      ? calls.put({ ...shared, Item: write.put })
      : calls.delete({ ...shared, Key: write.remove }));
    spend(meter, 'writeUnits', spent);
    return { done: true };
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error;
    spend(meter, 'writeUnits');
    return { done: false, current: error.current };
  }
};
