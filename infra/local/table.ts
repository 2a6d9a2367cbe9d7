import { DatabaseSync } from 'node:sqlite';
import { tableIndexes, tableKeys } from '../../functions/store/contracts.ts';
import type { Dynamo } from './dynamo.ts';
import { callDynamo, DynamoFault } from './dynamo-call.ts';

type Described = { Table: { LatestStreamArn: string; GlobalSecondaryIndexes?: { IndexName: string }[] } };

const keySchema = ({ partition, sort }: { partition: string; sort: string }) => [
  { AttributeName: partition, KeyType: 'HASH' },
  { AttributeName: sort, KeyType: 'RANGE' },
];

const definition = (TableName: string) => ({
  TableName,
  BillingMode: 'PAY_PER_REQUEST',
  KeySchema: keySchema(tableKeys),
  AttributeDefinitions: [tableKeys, ...Object.values(tableIndexes)]
    .flatMap(({ partition, sort }) => [partition, sort])
    .map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
  GlobalSecondaryIndexes: Object.entries(tableIndexes).map(([IndexName, keys]) => ({
    IndexName,
    KeySchema: keySchema(keys),
    Projection: { ProjectionType: 'KEYS_ONLY' },
  })),
  StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
});

/** Makes the table of the store's contracts, once. Gives the ARN of its stream. */
export const prepareTable = async (
  dynamo: Dynamo,
  TableName: string,
  warn: (text: string) => void,
): Promise<string> => {
  const call = <T>(action: string, input: unknown) =>
    callDynamo<T>(dynamo.endpoint, `DynamoDB_20120810.${action}`, input);
  try {
    await call('CreateTable', definition(TableName));
    const TimeToLiveSpecification = { Enabled: true, AttributeName: tableKeys.ttl };
    await call('UpdateTimeToLive', { TableName, TimeToLiveSpecification });
  } catch (error) {
    if (!(error instanceof DynamoFault) || error.code !== 'ResourceInUseException') throw error;
  }
  const { Table } = await call<Described>('DescribeTable', { TableName });
  const present = new Set(Table.GlobalSecondaryIndexes?.map(({ IndexName }) => IndexName));
  const missing = Object.keys(tableIndexes).filter((name) => !present.has(name));
  if (missing.length > 0) {
    throw new Error(
      `The stored table is older than the code: it lacks the index ${missing.join(', ')}. Remove the data folder.`,
    );
  }
  if (dynamo.file !== undefined) indexStreamRecords(dynamo.file, warn);
  return Table.LatestStreamArn;
};

/**
 * Without these two indexes every write to a table with a stream costs time in proportion to all records ever written (Dynoxide
 * looks for the highest sequence number by a scan). Its schema is private, hence the exact version in package.json and the check here.
 */
const indexStreamRecords = (file: string, warn: (text: string) => void): void => {
  const database = new DatabaseSync(file, { timeout: 5000 });
  try {
    database.exec(`
      CREATE INDEX IF NOT EXISTS hangar_stream_1 ON _stream_records(table_name, CAST(sequence_number AS INTEGER));
      CREATE INDEX IF NOT EXISTS hangar_stream_2 ON _stream_records(table_name, shard_id, CAST(sequence_number AS INTEGER));`);
  } catch (error) {
    warn(
      `Dynoxide stores its stream in another way than expected (${error}): writes will become slower as the data grows.`,
    );
  } finally {
    database.close();
  }
};
