import { setTimeout as pause } from 'node:timers/promises';
import type { DynamoDBRecord } from 'aws-lambda';
import type { Checkpoint } from './checkpoint.ts';
import type { Invoke } from './lambda.ts';
import { attemptBatch } from './stream-batch.ts';
import type { StreamReader } from './stream-reader.ts';

export type Pump = {
  /** Resolves when a read that began after this call found nothing more. */
  drained: () => Promise<void>;
  stop: () => Promise<void>;
};

type Options = {
  batchSize: number;
  /** Do batches name their shard? Then none of their records is ever parked. */
  isWindowed?: boolean;
  checkpoint: Checkpoint;
  /** Records that the consumer is woken for; the others are passed over. */
  wants?: (record: DynamoDBRecord) => boolean;
  /** Takes a record that failed ten times, so that those behind it can go on. */
  park: (record: DynamoDBRecord, reason: string) => void;
  report: (text: string) => void;
  /** How long to wait after so many failures in a row; half a minute in all. */
  pauseMs?: (failures: number) => number;
};

const idleMs = 50;
const tries = 10;
const growingPause = (failures: number): number => Math.min(5000, 50 * 2 ** failures);

/**
 * The event source mapping of the table's stream: batches in order, again from the lowest failure, halved as long as it fails.
 * The checkpoint moves after the handler succeeded: a kill delivers again, never loses.
 */
export const pumpStream = (reader: StreamReader, invoke: Invoke, options: Options): Pump => {
  const {
    batchSize,
    isWindowed = false,
    checkpoint,
    park,
    report,
    wants = () => true,
    pauseMs = growingPause,
  } = options;
  const halt = new AbortController();
  const { signal } = halt;
  const rest = (ms: number) => pause(ms, undefined, { signal }).catch(() => {});
  let waiting: (() => void)[] = [];

  const deliver = async (records: DynamoDBRecord[], shardId: string | undefined): Promise<void> => {
    let [next, size, failures] = [0, batchSize, 0];
    while (next < records.length && !signal.aborted) {
      const batch = records.slice(next, next + size);
      const { done, reason } = await attemptBatch(invoke, batch, isWindowed ? shardId : undefined);
      if (done > 0) {
        next += done;
        checkpoint.advance(batch[done - 1]?.dynamodb?.SequenceNumber ?? '');
        [size, failures] = [batchSize, 0];
      }
      const [head] = batch.slice(done);
      if (head === undefined) continue;
      failures += 1;
      report(`stream: attempt ${failures} failed: ${reason}`);
      size = Math.ceil((batch.length - done) / 2);
      if (!isWindowed && failures >= tries && size === 1) {
        park(head, reason);
        next += 1;
        [size, failures] = [batchSize, 0];
      } else await rest(pauseMs(failures));
    }
  };

  const step = async (): Promise<'idle' | 'busy'> => {
    const before = checkpoint.position();
    const { records, position, shardId } = await reader.read(batchSize);
    await deliver(records.filter(wants), shardId);
    if (signal.aborted || position === undefined || position === before) return 'idle';
    checkpoint.advance(position);
    return 'busy';
  };

  const loop = async (): Promise<void> => {
    while (!signal.aborted) {
      const asking = waiting;
      waiting = [];
      try {
        if ((await step()) === 'busy') waiting.push(...asking);
        else {
          for (const tell of asking) tell();
          if (waiting.length === 0) await rest(idleMs);
        }
      } catch (error) {
        waiting.push(...asking);
        report(`stream: ${error}`);
        reader.seek(checkpoint.position());
        await rest(idleMs * 10);
      }
    }
  };

  const running = loop();
  return {
    drained: () => new Promise((done) => void waiting.push(done)),
    stop: async () => {
      halt.abort();
      await running;
      for (const tell of waiting) tell();
    },
  };
};
