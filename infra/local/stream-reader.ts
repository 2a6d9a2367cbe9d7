import { isDeepStrictEqual } from 'node:util';
import type { DynamoDBRecord } from 'aws-lambda';
import { callDynamo, DynamoFault } from './dynamo-call.ts';

export type StreamReader = {
  /** The next records, up to `limit`, and the position after them. Nothing new: an empty list. */
  read: (limit: number) => Promise<{ records: DynamoDBRecord[]; position: string | undefined; shardId?: string }>;
  /** Goes (back) to behind this position, or to the beginning. */
  seek: (position: string | undefined) => void;
};

type Described = { StreamDescription: { Shards: { ShardId: string }[] } };
type Answer = { Records: DynamoDBRecord[]; NextShardIterator?: string };

/** Reads a table's stream from behind `position` (a sequence number), or from its beginning. Dynoxide has one shard per stream. */
export const readStream = (endpoint: string, StreamArn: string, position: string | undefined): StreamReader => {
  const call = <T>(action: string, input: unknown) =>
    callDynamo<T>(endpoint, `DynamoDBStreams_20120810.${action}`, input);
  let reached = position;
  let iterator: string | undefined;
  let shardId = '';

  const openIterator = async (): Promise<string> => {
    const { StreamDescription } = await call<Described>('DescribeStream', { StreamArn });
    const [shard, ...others] = StreamDescription.Shards;
    if (shard === undefined) throw new Error(`The stream ${StreamArn} has no shard yet.`);
    if (others.length > 0) throw new Error('The local stack reads streams of one shard only; this one has several.');
    const from =
      reached === undefined
        ? { ShardIteratorType: 'TRIM_HORIZON' }
        : { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: reached };
    shardId = shard.ShardId;
    const input = { StreamArn, ShardId: shard.ShardId, ...from };
    return (await call<{ ShardIterator: string }>('GetShardIterator', input)).ShardIterator;
  };

  return {
    seek: (to) => {
      reached = to;
      iterator = undefined;
    },
    read: async (Limit) => {
      iterator ??= await openIterator();
      try {
        const { Records, NextShardIterator } = await call<Answer>('GetRecords', { ShardIterator: iterator, Limit });
        iterator = NextShardIterator;
        reached = Records.at(-1)?.dynamodb?.SequenceNumber ?? reached;
        return {
          records: Records.filter(isChange).map((record) => asLambdaSees(record, StreamArn)),
          position: reached,
          shardId,
        };
      } catch (error) {
        iterator = undefined;
        if (error instanceof DynamoFault && error.code === 'ExpiredIteratorException')
          return { records: [], position: reached };
        throw error;
      }
    },
  };
};

/** A write that changes nothing makes a record in Dynoxide, but none in AWS. */
const isChange = ({ eventName, dynamodb }: DynamoDBRecord): boolean =>
  eventName !== 'MODIFY' || !isDeepStrictEqual(dynamodb?.OldImage, dynamodb?.NewImage);

/** Dynoxide's own region and its misspelt identity of TTL deletions become what AWS sends. */
const asLambdaSees = (record: DynamoDBRecord, eventSourceARN: string): DynamoDBRecord => ({
  ...record,
  eventSource: 'aws:dynamodb',
  eventSourceARN: eventSourceARN.replace(':dynoxide:', ':us-east-1:'),
  awsRegion: 'us-east-1',
  ...(record.userIdentity === undefined
    ? {}
    : { userIdentity: { type: 'Service', principalId: 'dynamodb.amazonaws.com' } }),
});
