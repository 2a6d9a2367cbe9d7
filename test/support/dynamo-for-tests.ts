import type { DocumentCalls } from '../../functions/store/document-calls.ts';
import { sdkDocumentCalls } from '../../functions/store/document-calls-sdk.ts';
import { dynamoTable } from '../../functions/store/dynamo-table.ts';
import type { Table } from '../../functions/store/table.ts';
import { openDataDirectory } from '../../infra/local/data-directory.ts';
import { startDynamo } from '../../infra/local/dynamo.ts';
import { prepareTable } from '../../infra/local/table.ts';

process.env.AWS_REGION ??= 'eu-west-1';
process.env.AWS_ACCESS_KEY_ID ??= 'local';
process.env.AWS_SECRET_ACCESS_KEY ??= 'local';

/** How the table speaks to DynamoDB. */
type Transport = (options: { endpoint: string }) => DocumentCalls;

/** A DynamoDB of its own for one test file, spoken to over its real protocol. `emptyTable` makes a new table at every call. */
export const dynamoForTests = async () => {
  const data = openDataDirectory({ ephemeral: true });
  const dynamo = await startDynamo(data);
  let tables = 0;
  const emptyTable = async (calls: Transport = sdkDocumentCalls): Promise<Table> => {
    tables += 1;
    const name = `hangar-${tables}`;
    await prepareTable(dynamo, name, (text) => {
      throw new Error(text);
    });
    return dynamoTable(name, calls({ endpoint: dynamo.endpoint }));
  };
  const stop = async () => {
    await dynamo.stop();
    data.remove();
  };
  /** The table made last, to be spoken to by other ways. */
  const latest = () => ({ name: `hangar-${tables}`, endpoint: dynamo.endpoint });
  return { emptyTable, latest, stop };
};
