import { rmSync } from 'node:fs';
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { DynamoDBRecord, DynamoDBStreamEvent, SQSEvent } from 'aws-lambda';
import type { LocalStack } from '../../infra/local/local-stack.ts';
import { startLocalStack } from '../../infra/local/stack.ts';
import { pumpStream } from '../../infra/local/stream-pump.ts';
import { temporaryDirectory } from '../support/temporary.ts';
import { toyApi, toyConsumers, toyHandlers } from '../support/toy-functions.ts';

type Toys = ReturnType<typeof toyHandlers>;

let stack: LocalStack | undefined;
let dataDir: string | undefined;

const start = async ({ loadHandler }: Toys, options = {}): Promise<LocalStack> => {
  stack = await startLocalStack({
    apiFunctions: toyApi,
    consumers: toyConsumers,
    loadHandler,
    log: 'quiet',
    ...(dataDir === undefined ? { ephemeral: true } : { dataDir }),
    ...options,
  });
  return stack;
};

afterEach(async () => {
  await stack?.stop();
  if (dataDir !== undefined) rmSync(dataDir, { recursive: true, force: true });
  [stack, dataDir] = [undefined, undefined];
});

const put = async (Key: string, Body: string): Promise<void> => {
  await new S3Client().send(new PutObjectCommand({ Bucket: 'hangar-uploads', Key, Body }));
};

/** SQS by its own protocol, without an SDK. */
const sqs = async (action: string, input: Record<string, unknown>): Promise<Record<string, unknown>> => {
  const response = await fetch(String(process.env.AWS_ENDPOINT_URL_SQS), {
    method: 'POST',
    headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': `AmazonSQS.${action}` },
    body: JSON.stringify(input),
  });
  return (await response.json()) as Record<string, unknown>;
};
const send = (MessageBody: string) => sqs('SendMessage', { QueueUrl: process.env.CHUNK_QUEUE_URL, MessageBody });

const store = async (sk: string, value = 'x'): Promise<void> => {
  const Item = {
    pk: { S: 'skyways#toy' },
    sk: { S: sk },
    value: { S: value },
    bytes: { B: new Uint8Array([1, 2, 3]) },
  };
  await new DynamoDBClient().send(new PutItemCommand({ TableName: 'hangar', Item }));
};
const sortKeys = (events: unknown[]): string[][] =>
  (events as DynamoDBStreamEvent[]).map(({ Records }) => Records.map(({ dynamodb }) => dynamodb?.Keys?.sk?.S ?? ''));

const failing = (times: number) => {
  let failures = 0;
  return async () => {
    failures += 1;
    if (failures <= times) throw new Error('not yet');
  };
};

describe('uploads', () => {
  it('reach the target of the rule once, and again, unchanged, at the next start', async () => {
    dataDir = temporaryDirectory();
    const toys = toyHandlers();
    await start(toys);
    await put('discovery/agent/ärger +1.json', '{}');
    await put('elsewhere/agent/a.json', '{}');
    await stack?.settle();
    expect(toys.calls['on-upload']).toMatchObject([
      {
        source: 'aws.s3',
        'detail-type': 'Object Created',
        detail: {
          bucket: { name: 'hangar-uploads' },
          object: { key: 'discovery/agent/ärger +1.json', size: 2, etag: '99914b932bd37a50b983c5e7c90ae93b' },
        },
      },
    ]);
    await stack?.stop();

    const later = toyHandlers();
    await start(later);
    await stack?.settle();
    expect(later.calls['on-upload']).toEqual(toys.calls['on-upload']);
  });

  it('stored twice under one key are two events with their own sequencers', async () => {
    const toys = toyHandlers();
    await start(toys);
    await put('discovery/agent/a.json', 'one');
    await put('discovery/agent/a.json', 'two');
    await stack?.settle();
    const events = toys.calls['on-upload'] as { detail: { object: { sequencer: string } } }[];
    expect(new Set(events.map(({ detail }) => detail.object.sequencer)).size).toBe(2);
  });

  it('come again when the target fails', async () => {
    const toys = toyHandlers({ 'on-upload': failing(2) });
    await start(toys);
    await put('discovery/agent/a.json', '{}');
    await stack?.settle();
    expect(toys.calls['on-upload']).toHaveLength(3);
  });
});

describe('queue messages', () => {
  it('come again when the consumer fails, with a growing receive count', async () => {
    const toys = toyHandlers({ 'on-message': failing(2) });
    await start(toys);
    await send('chunk 1');
    await stack?.settle();
    const records = (toys.calls['on-message'] as SQSEvent[]).flatMap(({ Records }) => Records);
    expect(records.map(({ body, attributes }) => [body, attributes.ApproximateReceiveCount])).toEqual([
      ['chunk 1', '1'],
      ['chunk 1', '2'],
      ['chunk 1', '3'],
    ]);
    expect(records[0]?.eventSourceARN).toBe('arn:aws:sqs:us-east-1:000000000000:hangar-import-chunks');
  });

  it('that are reported as failed come again alone', async () => {
    let reported = false;
    const toys = toyHandlers({
      'on-message': async (event) => {
        const [record] = (event as SQSEvent).Records;
        if (record?.body !== 'bad' || reported) return undefined;
        reported = true;
        return { batchItemFailures: [{ itemIdentifier: record.messageId }] };
      },
    });
    await start(toys);
    await send('good');
    await send('bad');
    await stack?.settle();
    const bodies = (toys.calls['on-message'] as SQSEvent[]).map(({ Records }) => Records[0]?.body);
    expect(bodies.sort()).toEqual(['bad', 'bad', 'good']);
  });

  it('not done with when the stack stops are there at once at the next start', async () => {
    dataDir = temporaryDirectory();
    const toys = toyHandlers({ 'on-message': failing(1000) });
    await start(toys);
    await send('chunk 1');
    await stack?.stop();

    const later = toyHandlers();
    await start(later);
    await stack?.settle();
    expect(later.calls['on-message']).toHaveLength(1);
  });

  it('can be read by anyone who speaks SQS', async () => {
    await start(toyHandlers(), { consumers: [] });
    await send('for another');
    const { QueueUrl } = await sqs('GetQueueUrl', { QueueName: 'hangar-import-chunks' });
    expect(QueueUrl).toBe(process.env.CHUNK_QUEUE_URL);
    expect(await sqs('ReceiveMessage', { QueueUrl })).toMatchObject({ Messages: [{ Body: 'for another' }] });
  });
});

describe('changes of the table', () => {
  it('arrive in order, as Lambda would hand them over; a write that changes nothing does not arrive', async () => {
    const toys = toyHandlers();
    await start(toys);
    await store('a');
    await store('a');
    await store('b');
    await stack?.settle();
    expect(sortKeys(toys.calls['on-change']).flat()).toEqual(['a', 'b']);
    const [first] = (toys.calls['on-change'] as DynamoDBStreamEvent[])[0]?.Records ?? [];
    expect(first).toMatchObject({ eventName: 'INSERT', eventSource: 'aws:dynamodb', awsRegion: 'us-east-1' });
    expect(first?.dynamodb?.NewImage?.bytes).toEqual({ B: 'AQID' });
  });

  it('come again until the consumer succeeds, from the lowest failure on', async () => {
    let failures = 0;
    const toys = toyHandlers({
      'on-change': async (event) => {
        const second = (event as DynamoDBStreamEvent).Records.find(({ dynamodb }) => dynamodb?.Keys?.sk?.S === 'b');
        if (second === undefined || failures === 2) return undefined;
        failures += 1;
        return { batchItemFailures: [{ itemIdentifier: second.dynamodb?.SequenceNumber }] };
      },
    });
    await start(toys);
    await Promise.all([store('a'), store('b'), store('c')]);
    await stack?.settle();
    const delivered = sortKeys(toys.calls['on-change']).flat();
    expect(failures).toBe(2);
    expect(delivered.filter((key) => key === 'b')).toHaveLength(3);
    expect([...new Set(delivered)].sort()).toEqual(['a', 'b', 'c']);
  });

  it('that fail ten times are parked, and those behind them go on', async () => {
    const record = (sk: string): DynamoDBRecord => ({ dynamodb: { SequenceNumber: sk, Keys: { sk: { S: sk } } } });
    const batches = [{ records: ['1', '2', 'poison', '4'].map(record), position: '4' }];
    const [delivered, parked, checkpoints]: string[][] = [[], [], []];
    const pump = pumpStream(
      { read: async () => batches.shift() ?? { records: [], position: checkpoints?.at(-1) }, seek: () => {} },
      async (event) => {
        delivered?.push(...sortKeys([event]).flat());
        if (sortKeys([event]).flat().includes('poison')) throw new Error('cannot digest');
      },
      {
        batchSize: 10,
        checkpoint: { position: () => checkpoints?.at(-1), advance: (position) => void checkpoints?.push(position) },
        park: ({ dynamodb }) => void parked?.push(dynamodb?.SequenceNumber ?? ''),
        report: () => {},
        pauseMs: () => 0,
      },
    );
    await pump.drained();
    await pump.stop();
    expect(parked).toEqual(['poison']);
    expect(delivered?.filter((key) => key === 'poison').length).toBeGreaterThanOrEqual(10);
    expect(delivered?.at(-1)).toBe('4');
    expect(checkpoints).toEqual(['2', '4', '4']);
  });

  it('not handled when the stack stops are delivered at the next start, handled ones are not', async () => {
    dataDir = temporaryDirectory();
    let broken = false;
    const toys = toyHandlers({
      'on-change': async () => {
        if (broken) throw new Error('down');
      },
    });
    await start(toys);
    await store('a');
    await stack?.settle();
    broken = true;
    await store('b');
    await stack?.stop();

    const later = toyHandlers();
    await start(later);
    await stack?.settle();
    expect(sortKeys(later.calls['on-change'])).toEqual([['b']]);
  });
});

describe('the bus and the mails', () => {
  it('archives events and refuses what EventBridge refuses', async () => {
    await start(toyHandlers());
    const entry = { EventBusName: 'hangar', Source: 'hangar', DetailType: 'AssetCreated', Detail: '{"a":1}' };
    const entries = [entry, { ...entry, Detail: 'no JSON' }, { ...entry, EventBusName: 'other' }];
    const answer = await new EventBridgeClient().send(new PutEventsCommand({ Entries: entries }));
    expect(answer.FailedEntryCount).toBe(2);
    expect(answer.Entries?.map(({ ErrorCode }) => ErrorCode)).toEqual([
      undefined,
      'MalformedDetail',
      'ResourceNotFoundException',
    ]);
    const read = async (type: string) => (await fetch(`${stack?.apiUrl}/_local/events?type=${type}`)).json();
    expect(await read('AssetCreated')).toMatchObject([{ source: 'hangar', detail: { a: 1 } }]);
    expect(await read('AssetUpdated')).toEqual([]);
  });

  it('shows what SNS would have mailed', async () => {
    await start(toyHandlers());
    const sns = (fields: Record<string, string>) =>
      fetch(String(process.env.AWS_ENDPOINT_URL_SNS), { method: 'POST', body: new URLSearchParams(fields) });
    const TopicArn = 'arn:aws:sns:us-east-1:000000000000:hangar-alerts';
    await sns({ Action: 'Subscribe', TopicArn, Protocol: 'email', Endpoint: 'duty@skyways.example' });
    await sns({ Action: 'Publish', TopicArn, Subject: 'Überfällig', Message: 'Laptop is overdue' });
    expect(await (await fetch(`${stack?.apiUrl}/_local/mails`)).json()).toMatchObject([
      { to: ['duty@skyways.example'], subject: 'Überfällig', message: 'Laptop is overdue' },
    ]);
  });
});

describe('a start that fails', () => {
  it('says which function has no entry point, and leaves nothing behind', async () => {
    const settings = { name: 'nowhere', purpose: '', variables: [], access: {} };
    const failed = startLocalStack({
      ephemeral: true,
      log: 'quiet',
      apiFunctions: [{ settings, operations: {} }],
      consumers: [],
    });
    await expect(failed).rejects.toThrow(/nowhere/);
    await expect(fetch(String(process.env.AWS_ENDPOINT_URL_DYNAMODB))).rejects.toThrow();
  });
});
