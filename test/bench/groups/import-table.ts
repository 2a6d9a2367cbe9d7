import { jsonCalls } from '../../../functions/shared/json-calls.ts';
import { signedDocumentCalls } from '../../../functions/store/document-calls-signed.ts';
import { dynamoTable } from '../../../functions/store/dynamo-table.ts';
import { openDataDirectory } from '../../../infra/local/data-directory.ts';
import { startDynamo } from '../../../infra/local/dynamo.ts';
import { prepareTable } from '../../../infra/local/table.ts';
import { workers } from './import-rig.ts';

process.env.AWS_REGION ??= 'eu-west-1';
process.env.AWS_ACCESS_KEY_ID ??= 'local';
process.env.AWS_SECRET_ACCESS_KEY ??= 'local';

const largestBatch = 25;
type Page = { Items: { pk: { S: string }; sk: { S: string } }[]; LastEvaluatedKey?: unknown };

/** A DynamoDB of its own, spoken to by the client that the import uses. */
export const startImportTables = async () => {
  const data = openDataDirectory({ ephemeral: true });
  const dynamo = await startDynamo(data);
  const { endpoint } = dynamo;
  const call = jsonCalls({ service: 'dynamodb', silenceMs: 60_000, target: 'DynamoDB_20120810', origin: endpoint });

  const prepare = (name: string) =>
    prepareTable(dynamo, name, (text) => {
      throw new Error(text);
    });

  const copied = new Set<string>();

  return {
    open: async (name: string) => {
      await prepare(name);
      return dynamoTable(name, signedDocumentCalls({ endpoint, silenceMs: 60_000 }));
    },
    /** Writes what is new in one table into another one by BatchWriteItem, as fast as that goes; gives how many and in how many seconds. */
    copy: async (from: string, to: string): Promise<{ items: number; seconds: number }> => {
      if (copied.size === 0) await prepare(to);
      const all: unknown[] = [];
      let after: unknown;
      do {
        const input = { TableName: from, ...(after === undefined ? {} : { ExclusiveStartKey: after }) };
        const page = (await call('Scan', input)) as Page;
        for (const item of page.Items) {
          const key = `${item.pk.S}\n${item.sk.S}`;
          if (!copied.has(key)) all.push(item);
          copied.add(key);
        }
        after = page.LastEvaluatedKey;
      } while (after !== undefined);
      let next = 0;
      const one = async () => {
        while (next < all.length) {
          const some = all.slice(next, next + largestBatch);
          next += largestBatch;
          const RequestItems = { [to]: some.map((Item) => ({ PutRequest: { Item } })) };
          await call('BatchWriteItem', { RequestItems, ReturnConsumedCapacity: 'TOTAL' });
        }
      };
      const start = performance.now();
      await Promise.all(Array.from({ length: workers }, one));
      return { items: all.length, seconds: (performance.now() - start) / 1000 };
    },
    stop: async () => {
      await dynamo.stop();
      data.remove();
    },
  };
};
