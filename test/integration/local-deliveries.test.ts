import { describe, expect, it } from '@jest/globals';
import type { SQSEvent } from 'aws-lambda';
import { toyHandlers } from '../support/toy-functions.ts';
import { failing, put, send, sqs, toyWorld } from '../support/toy-world.ts';

const world = toyWorld();

describe('uploads', () => {
  it('reach the target of the rule once, and again, unchanged, at the next start', async () => {
    world.keepData();
    const toys = toyHandlers();
    await world.start(toys);
    await put('discovery/agent/ärger +1.json', '{}');
    await put('elsewhere/agent/a.json', '{}');
    await world.settle();
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
    await world.stop();

    const later = toyHandlers();
    await world.start(later);
    await world.settle();
    expect(later.calls['on-upload']).toEqual(toys.calls['on-upload']);
  });

  it('stored twice under one key are two events with their own sequencers', async () => {
    const toys = toyHandlers();
    await world.start(toys);
    await put('discovery/agent/a.json', 'one');
    await put('discovery/agent/a.json', 'two');
    await world.settle();
    const events = toys.calls['on-upload'] as { detail: { object: { sequencer: string } } }[];
    expect(new Set(events.map(({ detail }) => detail.object.sequencer)).size).toBe(2);
  });

  it('come again when the target fails', async () => {
    const toys = toyHandlers({ 'on-upload': failing(2) });
    await world.start(toys);
    await put('discovery/agent/a.json', '{}');
    await world.settle();
    expect(toys.calls['on-upload']).toHaveLength(3);
    expect(toys.calls['on-dead-upload']).toEqual([]);
  });

  it('whose target fails five times go to the consumer of dead uploads, once, from a queue that tells the target', async () => {
    const toys = toyHandlers({ 'on-upload': failing(99) });
    await world.start(toys);
    await put('discovery/agent/a.json', '{}');
    await world.settle();
    expect(toys.calls['on-upload']).toHaveLength(5);
    const [record, ...others] = (toys.calls['on-dead-upload'] as SQSEvent[]).flatMap(({ Records }) => Records);
    expect(others).toEqual([]);
    expect(JSON.parse(record?.body ?? '')).toEqual(toys.calls['on-upload'][0]);
    expect(process.env.DEAD_UPLOAD_QUEUES).toBe(`on-upload=${record?.eventSourceARN}`);
  });
});

describe('queue messages', () => {
  it('come again when the consumer fails, with a growing receive count', async () => {
    const toys = toyHandlers({ 'on-message': failing(2) });
    await world.start(toys);
    await send('chunk 1');
    await world.settle();
    const records = (toys.calls['on-message'] as SQSEvent[]).flatMap(({ Records }) => Records);
    expect(records.map(({ body, attributes }) => [body, attributes.ApproximateReceiveCount])).toEqual([
      ['chunk 1', '1'],
      ['chunk 1', '2'],
      ['chunk 1', '3'],
    ]);
    expect(records[0]?.eventSourceARN).toBe('arn:aws:sqs:us-east-1:000000000000:hangar-import-chunks');
  });

  it('that fail five times go to the consumer of the dead letters, once', async () => {
    const toys = toyHandlers({ 'on-message': failing(99) });
    await world.start(toys);
    await send('chunk 1');
    await world.settle();
    const bodies = (name: 'on-message' | 'on-dead') =>
      (toys.calls[name] as SQSEvent[]).flatMap(({ Records }) => Records.map(({ body }) => body));
    expect(bodies('on-message')).toHaveLength(5);
    expect(bodies('on-dead')).toEqual(['chunk 1']);
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
    await world.start(toys);
    await send('good');
    await send('bad');
    await world.settle();
    const bodies = (toys.calls['on-message'] as SQSEvent[]).map(({ Records }) => Records[0]?.body);
    expect(bodies.sort()).toEqual(['bad', 'bad', 'good']);
  });

  it('not done with when the stack stops are there at once at the next start', async () => {
    world.keepData();
    const toys = toyHandlers({ 'on-message': failing(1000) });
    await world.start(toys);
    await send('chunk 1');
    await world.stop();

    const later = toyHandlers();
    await world.start(later);
    await world.settle();
    expect(later.calls['on-message']).toHaveLength(1);
  });

  it('can be read by anyone who speaks SQS', async () => {
    await world.start(toyHandlers(), { consumers: [] });
    await send('for another');
    const { QueueUrl } = await sqs('GetQueueUrl', { QueueName: 'hangar-import-chunks' });
    expect(QueueUrl).toBe(process.env.CHUNK_QUEUE_URL);
    expect(await sqs('ReceiveMessage', { QueueUrl })).toMatchObject({ Messages: [{ Body: 'for another' }] });
  });
});
