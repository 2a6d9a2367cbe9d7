import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Context, SQSEvent } from 'aws-lambda';
import { resolveReview } from '../../domain/review/stored-review.ts';
import { startUndo } from '../../domain/undo/undo-run.ts';
import { handleChunks } from '../../functions/apply-import/handler.ts';
import { handleGivenUp } from '../../functions/fail-import/handler.ts';
import { runEntity } from '../../functions/plan-import/entities.ts';
import { reviewEntity } from '../../functions/plan-import/review-entity.ts';
import type { ChunkMessage } from '../../functions/queue/chunk-queue.ts';
import { relayChanges } from '../../functions/relay/relay.ts';
import { createLog } from '../../functions/shared/log.ts';
import type { Item, Table } from '../../functions/store/table.ts';
import { dynamoForTests } from '../support/dynamo-for-tests.ts';
import { bookCsv } from '../support/import-fleet.ts';
import { importRig, rigTenant } from '../support/import-rig.ts';

let dynamo: Awaited<ReturnType<typeof dynamoForTests>>;
let table: Table;
beforeAll(async () => {
  dynamo = await dynamoForTests();
});
afterAll(() => dynamo.stop());

const rows = (count: number) =>
  bookCsv(Array.from({ length: count }, (_, n) => ({ 'Asset Tag': `SKY-${n}`, 'Serial Number': `FAIL${1000 + n}` })));

const eventOf = (messages: readonly ChunkMessage[]): SQSEvent =>
  ({
    Records: messages.map((message, n) => ({
      messageId: `m${n}`,
      body: JSON.stringify(message),
      eventSource: 'aws:sqs',
    })),
  }) as unknown as SQSEvent;

/** An installation whose chunk files can be broken, with its queue of chunks worked off by the real handlers. */
const world = async () => {
  table = await dynamo.emptyTable();
  const broken = { pattern: /^$/ };
  const rig = importRig(table, {
    table: (inner) => inner,
    store: (inner) => ({
      ...inner,
      get: async (key: string, version?: string) => {
        if (broken.pattern.test(key)) throw new Error(`no way to ${key}`);
        return inner.get(key, version);
      },
    }),
    queue: async () => {},
  });
  const chunks = handleChunks(rig.context);
  const givenUp = handleGivenUp(rig.context);
  const lambda = { getRemainingTimeInMillis: () => 60_000 } as Context;
  /** As SQS would: what fails comes five times, and then goes to the dead letters. Gives how many went there. */
  const work = async (): Promise<number> => {
    const tries = new Map<string, number>();
    let dead = 0;
    for (let [message] = rig.messages; message !== undefined; [message] = rig.messages) {
      rig.messages.shift();
      const { batchItemFailures } = (await chunks(eventOf([message]), lambda)) as { batchItemFailures: unknown[] };
      if (batchItemFailures.length === 0) continue;
      const name = JSON.stringify(message);
      tries.set(name, (tries.get(name) ?? 0) + 1);
      if (tries.get(name) !== 5) rig.messages.push(message);
      else {
        dead += 1;
        expect(await givenUp(eventOf([message]), lambda)).toEqual({ batchItemFailures: [] });
      }
    }
    return dead;
  };
  const load = async (runId: string) => {
    const item = await table.get(runEntity.keyOf(rigTenant, runId), { consistent: true });
    if (item === undefined) throw new Error(`no run ${runId}`);
    return item;
  };
  /** What the relay does of the run as it stands. */
  const relay = async (runId: string) => relayItem(await load(runId));
  const relayItem = async (after: Item) => {
    const events: string[] = [];
    await relayChanges(
      {
        table,
        queue: rig.context.queue,
        bus: { put: async (more) => void events.push(...more.map(({ type }) => type)) },
        log: createLog({}, () => {}),
      },
      [{ before: undefined, after }],
    );
    return events;
  };
  return { rig, broken, work, load, relay, relayItem, givenUp, lambda };
};

describe('a chunk that always fails', () => {
  it('fails its run, which says so, keeps what the others did, and goes on when it is asked to', async () => {
    const { rig, broken, work, relay } = await world();
    const runId = await rig.plan(rig.put('register', 'a.csv', rows(260)));
    broken.pattern = /chunks\/000001/;
    expect(await work()).toBe(1);
    const { run } = await rig.read(runId);
    expect(run).toMatchObject({ status: 'failed', chunks: 2, chunksDone: 1, problem: { code: 'chunk-failed' } });
    expect(run.problem?.detail).toContain('Chunk 2 of 2');
    expect(run.problem?.detail).toContain(`POST /imports/${runId}/apply`);
    expect(run.counts.created).toBe(250);
    expect(await relay(runId)).toEqual(['ImportFailed']);
    expect(rig.messages).toEqual([]);

    broken.pattern = /^$/;
    await rig.startApplying(runId);
    expect(await relay(runId)).toEqual(['ImportApplyStarted']);
    expect(await work()).toBe(0);
    const again = (await rig.read(runId)).run;
    expect(again).toMatchObject({ status: 'completed', counts: { records: 260, created: 260 } });
    expect(again).not.toHaveProperty('problem');
  });
  it('of a plan fails the plan, which then is planned and not carried out', async () => {
    const { rig, broken, work, relay } = await world();
    const runId = await rig.plan(rig.put('register', 'a.csv', rows(3), { mode: 'plan' }));
    broken.pattern = /chunks/;
    await work();
    expect((await rig.read(runId)).run).toMatchObject({ status: 'failed', mode: 'plan' });
    broken.pattern = /^$/;
    await rig.startApplying(runId);
    await relay(runId);
    await work();
    expect((await rig.read(runId)).run).toMatchObject({ status: 'planned', mode: 'plan', counts: { created: 3 } });
  });
  it('of the phase of absence, or of undoing, is gone on with there', async () => {
    const { rig, broken, work, relay, load } = await world();
    await rig.importFile('register', 'a.csv', rows(10), { snapshot: 'true' });
    const runId = await rig.plan(rig.put('register', 'b.csv', rows(9), { snapshot: 'true' }));
    broken.pattern = /outcomes\/scan/;
    await work();
    broken.pattern = /^$/;
    expect((await rig.read(runId)).run).toMatchObject({ status: 'failed' });
    await rig.startApplying(runId);
    await relay(runId);
    expect(rig.messages.map(({ phase }) => phase)).toEqual(['absence']);
    await work();
    expect((await rig.read(runId)).run).toMatchObject({ status: 'completed', absence: { missing: 1 } });

    const other = await rig.importFile('ledger', 'c.csv', rows(12));
    const change = (type: string) => ({ type, by: 'kim', at: rig.context.clock().toISOString(), correlationId: 'r' });
    const undo = async () => {
      const item = await load(other.run.runId);
      const next = startUndo(runEntity.fromItem(item).value, 'kim', rig.context.clock().toISOString());
      const put = runEntity.toItem(rigTenant, next, item.v + 1, change('ImportUndoStarted'));
      await table.transact([{ put, expect: item.v }]);
      await relay(other.run.runId);
    };
    broken.pattern = /chunks/;
    await undo();
    expect(await work()).toBe(1);
    broken.pattern = /^$/;
    expect((await rig.read(other.run.runId)).run.problem?.detail).toContain('/undo');
    await undo();
    expect(rig.messages.map(({ phase }) => phase)).toEqual(['undo']);
    const { run } = await rig.read(other.run.runId);
    expect(run.status).toBe('completed');
    expect(run).not.toHaveProperty('problem');
  });
});

describe('a decision that always fails', () => {
  it('is asked for again, with what went wrong, and is carried out when it is made again', async () => {
    const { rig, broken, work, relayItem } = await world();
    const scan =
      '<nmaprun scanner="nmap" start="1795340000"><host><status state="up"/>' +
      '<address addr="10.9.0.7" addrtype="ipv4"/><address addr="A4:BB:6D:00:0E:01" addrtype="mac"/></host></nmaprun>';
    const { run } = await rig.importFile('nmap', 'a.xml', scan);
    const key = reviewEntity.keyOf(rigTenant, { source: 'nmap', nativeKey: 'mac:a4:bb:6d:00:0e:01' });
    const review = async () => {
      const item = await table.get(key, { consistent: true });
      if (item === undefined) throw new Error('no review');
      return reviewEntity.fromItem(item);
    };
    const decide = async () => {
      const { value, version } = await review();
      const here = { runId: run.runId, recordIndex: 0, chunk: 0 };
      const at = rig.context.clock().toISOString();
      const next = resolveReview(value, { decision: 'create', keepAsRule: false }, here, 'kim', at);
      const change = { type: 'RecordResolved', by: 'kim', at, correlationId: 'r' };
      await table.transact([{ put: reviewEntity.toItem(rigTenant, next, version + 1, change), expect: version }]);
      await relayItem((await table.get(key, { consistent: true })) as Item);
    };
    broken.pattern = /chunks/;
    await decide();
    expect(await work()).toBe(1);
    const given = (await review()).value;
    expect(given).toMatchObject({ state: 'open', outcome: 'held' });
    expect(given).not.toHaveProperty('decision');
    expect(given.problem).toMatch(/"create", decided by kim at .* failed again and again/);
    broken.pattern = /^$/;
    await decide();
    expect((await review()).value).not.toHaveProperty('problem');
    expect(await work()).toBe(0);
    expect((await review()).value.state).toBe('closed');
  });
});

describe('a message that was given up', () => {
  const message = (runId: string): ChunkMessage => ({ tenant: rigTenant, runId, phase: 'records', chunk: 0 });
  it('whose chunk was done after all fails nothing, and nor does one of a run that is gone or over', async () => {
    const { rig, givenUp, lambda, work } = await world();
    const runId = await rig.plan(rig.put('register', 'a.csv', rows(260)));
    await rig.workOne();
    await givenUp(eventOf([message(runId), message(`run_${'q'.repeat(26)}`)]), lambda);
    expect((await rig.read(runId)).run.status).toBe('applying');
    await work();
    await givenUp(eventOf([message(runId)]), lambda);
    expect((await rig.read(runId)).run.status).toBe('completed');
  });
  it('and is sent back later completes the failed run', async () => {
    const { rig, broken, work } = await world();
    const runId = await rig.plan(rig.put('register', 'a.csv', rows(3)));
    broken.pattern = /chunks/;
    await work();
    broken.pattern = /^$/;
    rig.messages.push(message(runId));
    await work();
    const { run } = await rig.read(runId);
    expect(run.status).toBe('completed');
    expect(run).not.toHaveProperty('problem');
  });
});
