import { marshall } from '@aws-sdk/util-dynamodb';
import { sdkDocumentCalls } from '../../../functions/store/document-calls-sdk.ts';
import { dynamoTable } from '../../../functions/store/dynamo-table.ts';
import type { Table } from '../../../functions/store/table.ts';
import { openDataDirectory } from '../../../infra/local/data-directory.ts';
import { startDynamo } from '../../../infra/local/dynamo.ts';
import { callDynamo } from '../../../infra/local/dynamo-call.ts';
import { prepareTable } from '../../../infra/local/table.ts';
import { type Estate, pagesOf } from './graph-estate.ts';

process.env.AWS_REGION ??= 'eu-west-1';
process.env.AWS_ACCESS_KEY_ID ??= 'local';
process.env.AWS_SECRET_ACCESS_KEY ??= 'local';

const atOnce = 8;
const largestBatch = 25;

/** A DynamoDB of its own. Walks read keys only, so that a table for them needs neither indexes nor a stream and is filled faster. */
export const startTables = async () => {
  const data = openDataDirectory({ ephemeral: true });
  const dynamo = await startDynamo(data);
  const { endpoint } = dynamo;
  const call = (action: string, input: unknown) => callDynamo(endpoint, `DynamoDB_20120810.${action}`, input);

  const fill = async (TableName: string, estate: Estate): Promise<void> => {
    let waiting: unknown[] = [];
    let batches: unknown[][] = [];
    const send = async () => {
      const sending = batches;
      batches = [];
      await Promise.all(sending.map((items) => call('BatchWriteItem', { RequestItems: { [TableName]: items } })));
    };
    for (let n = 0; n < estate.size; n += 1) {
      for (const page of pagesOf(estate, n)) {
        if (waiting.push({ PutRequest: { Item: marshall(page, { removeUndefinedValues: true }) } }) < largestBatch)
          continue;
        batches.push(waiting);
        waiting = [];
        if (batches.length === atOnce) await send();
      }
    }
    if (waiting.length > 0) batches.push(waiting);
    await send();
  };

  return {
    /** A table with nothing but the pages of a graph. */
    graphTable: async (estate: Estate): Promise<Table> => {
      const TableName = `graph-${estate.size}`;
      await call('CreateTable', {
        TableName,
        BillingMode: 'PAY_PER_REQUEST',
        KeySchema: [
          { AttributeName: 'pk', KeyType: 'HASH' },
          { AttributeName: 'sk', KeyType: 'RANGE' },
        ],
        AttributeDefinitions: ['pk', 'sk'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
      });
      await fill(TableName, estate);
      return dynamoTable(TableName, sdkDocumentCalls({ endpoint }));
    },
    /** A table as it is deployed. */
    wholeTable: async (): Promise<Table> => {
      await prepareTable(dynamo, 'whole', (text) => {
        throw new Error(text);
      });
      return dynamoTable('whole', sdkDocumentCalls({ endpoint }));
    },
    stop: async () => {
      await dynamo.stop();
      data.remove();
    },
  };
};
