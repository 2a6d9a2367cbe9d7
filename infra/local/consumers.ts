import { join } from 'node:path';
import type { Trigger } from '../../functions/bus/contracts.ts';
import type { Consumer } from '../application.ts';
import { openCheckpoint } from './checkpoint.ts';
import type { Emulator, SqsQueue } from './emulator.ts';
import { passesFilter } from './event-filter.ts';
import { openJournal } from './journal.ts';
import type { Invoke } from './lambda.ts';
import { deliverEvents, deliverRecords } from './queue-consumer.ts';
import { type Deliver, type Poller, pollQueue } from './queue-poller.ts';
import { openQueue, visibilityOf } from './queues.ts';
import { deadUploadQueue, names, uploadQueue } from './settings.ts';
import { type Pump, pumpStream } from './stream-pump.ts';
import { readStream } from './stream-reader.ts';
import { type UploadRule, watchUploads } from './uploads.ts';

type Wiring = {
  consumers: readonly Consumer[];
  invokes: ReadonlyMap<string, Invoke>;
  emulator: Emulator;
  dynamoEndpoint: string;
  streamArn: string;
  directory: string;
  report: (text: string) => void;
};

/** What runs because of the consumers, and what of it has to be empty or drained before nothing more can happen. */
export type Running = { queues: SqsQueue[]; pumps: Pump[]; pollers: Poller[] };

/** EventBridge starts as many executions of a target as events come; on one machine a few are enough to meet every race. */
const ruleConcurrency = 4;

/** Turns every declared trigger into what delivers it. A trigger it does not know stops the start. */
export const startConsumers = (wiring: Wiring): Running => {
  const { consumers, invokes, emulator, report } = wiring;
  const running: Running = { queues: [], pumps: [], pollers: [] };
  const rules: UploadRule[] = [];

  const poll = (queue: SqsQueue, batchSize: number, concurrency: number, deliver: Deliver) => {
    running.queues.push(queue);
    running.pollers.push(pollQueue(emulator.sqs, queue, { batchSize, concurrency }, deliver, report));
  };

  for (const { settings, trigger } of consumers) {
    const invoke = invokes.get(settings.name);
    if (invoke === undefined) throw new Error(`No handler for ${settings.name}.`);
    const visibility = visibilityOf(settings.timeoutSeconds ?? 30);
    if (trigger.kind === 'upload') {
      const queue = openQueue(emulator, uploadQueue(settings.name), visibility);
      rules.push({ keyPrefixes: trigger.keyPrefixes, queue });
      poll(queue, 1, ruleConcurrency, deliverEvents(invoke));
    } else if (trigger.kind === 'queue') {
      for (const name of queuesOf(trigger.queue, consumers)) {
        const queue = openQueue(emulator, name, visibility);
        poll(queue, trigger.batchSize, trigger.maxConcurrency, deliverRecords(queue.arn, invoke));
      }
    } else if (trigger.kind === 'stream') {
      running.pumps.push(startPump(wiring, settings.name, trigger, invoke));
    } else throw new Error(`The local stack does not know the trigger of ${settings.name}: ${JSON.stringify(trigger)}`);
  }
  watchUploads(emulator, names.uploads, rules).reconcile();
  return running;
};

/** What is in the chunk queue, in its dead letters, or in those of every consumer of uploads. */
const queuesOf = (queue: QueueName, consumers: readonly Consumer[]): string[] =>
  queue === 'deadUploads'
    ? consumers.flatMap(({ settings, trigger }) => (trigger.kind === 'upload' ? deadUploadQueue(settings.name) : []))
    : [names[queue]];

type QueueName = Extract<Trigger, { kind: 'queue' }>['queue'];

const startPump = (
  wiring: Wiring,
  name: string,
  { batchSize, filter = {}, window }: Extract<Trigger, { kind: 'stream' }>,
  invoke: Invoke,
): Pump => {
  const { directory, dynamoEndpoint, streamArn, report } = wiring;
  const checkpoint = openCheckpoint(join(directory, `stream-${name}.json`), streamArn);
  const parked = openJournal(join(directory, `stream-${name}-parked.jsonl`));
  return pumpStream(readStream(dynamoEndpoint, streamArn, checkpoint.position()), invoke, {
    batchSize,
    isWindowed: window !== undefined,
    checkpoint,
    wants: (record) => passesFilter(filter, record),
    park: (record, reason) => {
      parked.append({ reason, record });
      report(`${name}: gave up record ${record.dynamodb?.SequenceNumber}, kept in stream-${name}-parked.jsonl`);
    },
    report,
  });
};
