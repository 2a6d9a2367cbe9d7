import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { describe, expect, it } from '@jest/globals';
import type { DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { startLocalStack } from '../../infra/local/stack.ts';
import { pumpStream } from '../../infra/local/stream-pump.ts';
import { toyHandlers } from '../support/toy-functions.ts';
import { store, toyWorld } from '../support/toy-world.ts';

const world = toyWorld();

const sortKeys = (events: unknown[]): string[][] =>
  (events as DynamoDBStreamEvent[]).map(({ Records }) => Records.map(({ dynamodb }) => dynamodb?.Keys?.sk?.S ?? ''));

describe('changes of the table', () => {
  it('arrive in order, as Lambda would hand them over; a write that changes nothing does not arrive', async () => {
    const toys = toyHandlers();
    await world.start(toys);
    await store('a');
    await store('a');
    await store('b');
    await world.settle();
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
    await world.start(toys);
    await Promise.all([store('a'), store('b'), store('c')]);
    await world.settle();
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
    world.keepData();
    let broken = false;
    const toys = toyHandlers({
      'on-change': async () => {
        if (broken) throw new Error('down');
      },
    });
    await world.start(toys);
    await store('a');
    await world.settle();
    broken = true;
    await store('b');
    await world.stop();

    const later = toyHandlers();
    await world.start(later);
    await world.settle();
    expect(sortKeys(later.calls['on-change'])).toEqual([['b']]);
  });
});

describe('the bus and the mails', () => {
  it('archives events and refuses what EventBridge refuses', async () => {
    await world.start(toyHandlers());
    const entry = { EventBusName: 'hangar', Source: 'hangar', DetailType: 'AssetCreated', Detail: '{"a":1}' };
    const entries = [entry, { ...entry, Detail: 'no JSON' }, { ...entry, EventBusName: 'other' }];
    const answer = await new EventBridgeClient().send(new PutEventsCommand({ Entries: entries }));
    expect(answer.FailedEntryCount).toBe(2);
    expect(answer.Entries?.map(({ ErrorCode }) => ErrorCode)).toEqual([
      undefined,
      'MalformedDetail',
      'ResourceNotFoundException',
    ]);
    const read = async (type: string) => (await fetch(`${world.apiUrl()}/_local/events?type=${type}`)).json();
    expect(await read('AssetCreated')).toMatchObject([{ source: 'hangar', detail: { a: 1 } }]);
    expect(await read('AssetUpdated')).toEqual([]);
  });

  it('shows what SNS would have mailed', async () => {
    await world.start(toyHandlers());
    const sns = (fields: Record<string, string>) =>
      fetch(String(process.env.AWS_ENDPOINT_URL_SNS), { method: 'POST', body: new URLSearchParams(fields) });
    const TopicArn = 'arn:aws:sns:us-east-1:000000000000:hangar-alerts';
    await sns({ Action: 'Subscribe', TopicArn, Protocol: 'email', Endpoint: 'duty@skyways.example' });
    await sns({ Action: 'Publish', TopicArn, Subject: 'Überfällig', Message: 'Laptop is overdue' });
    expect(await (await fetch(`${world.apiUrl()}/_local/mails`)).json()).toMatchObject([
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
