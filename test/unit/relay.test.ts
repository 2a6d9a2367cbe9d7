import { marshall } from '@aws-sdk/util-dynamodb';
import { describe, expect, it } from '@jest/globals';
import { noCounts, type StoredRun } from '../../domain/import/stored-run.ts';
import type { Change } from '../../domain/shared/change.ts';
import { catalogue } from '../../events/catalogue.ts';
import { assetEntity } from '../../functions/assets/entity.ts';
import type { PublishedEvent } from '../../functions/bus/event-bus.ts';
import { claimEntity } from '../../functions/lookup/entity.ts';
import { runEntity } from '../../functions/plan-import/entities.ts';
import { sourceEntryEntity } from '../../functions/plan-import/source-entry.ts';
import { eventOf } from '../../functions/relay/event-of.ts';
import { handleStream } from '../../functions/relay/handler.ts';
import { readChange } from '../../functions/relay/relay.ts';
import { createLog } from '../../functions/shared/log.ts';
import { fromHistory } from '../../functions/store/history.ts';
import type { Item } from '../../functions/store/table.ts';
import { booked, decide } from '../support/import-records.ts';
import { relayed } from '../support/import-relay.ts';
import { memoryTable } from '../support/memory-table.ts';

const at = '2026-11-22T08:00:00.000Z';
const runId = `run_${'r'.repeat(26)}`;
const change = (type: string): Change => ({ type, by: 'source:register', at, correlationId: runId, record: 0 });

const asset = decide(booked()).asset;
if (asset === undefined) throw new Error('no asset');
const assetItem = (version: number, type: string, more: object = {}): Item =>
  JSON.parse(JSON.stringify(assetEntity.toItem('skyways', { ...asset, ...more }, version, change(type))));
const created = { before: undefined, after: assetItem(1, 'AssetCreated') };
const retired = { before: created.after, after: assetItem(2, 'AssetStatusChanged', { status: 'retired' }) };

const run: StoredRun = {
  runId,
  tenant: 'skyways',
  source: 'register',
  format: 'csv',
  objectKey: 'discovery/register/a.csv',
  mode: 'apply',
  status: 'applying',
  counts: noCounts(),
  startedAt: at,
  storedAt: at,
  chunks: 2,
  chunksDone: 0,
  relationChunks: [],
  relationsDone: 0,
  planParts: 0,
};

describe('a new version of an entity', () => {
  it('becomes one history item with everything that was stored', async () => {
    const table = memoryTable();
    await relayed(table, [created, retired]);
    const history = table.items().filter(({ e }) => e === 'history');
    expect(history.map(({ v, of }) => [of, v])).toEqual([
      ['asset', 1],
      ['asset', 2],
    ]);
    expect(fromHistory(assetEntity, history[1] as Item)).toEqual(assetEntity.fromItem(retired.after));
  });
  it('becomes one event, whose id is the same however often it is relayed', async () => {
    const table = memoryTable();
    const { events } = await relayed(table, [created, retired]);
    const once = table.items();
    expect(events.map(({ type, detail }) => [type, detail.eventId, detail.version])).toEqual([
      ['AssetCreated', `skyways#${asset.assetId}|#|1`, 1],
      ['AssetStatusChanged', `skyways#${asset.assetId}|#|2`, 2],
    ]);
    expect(events[1]?.detail).toMatchObject({
      tenant: 'skyways',
      by: 'source:register',
      correlationId: runId,
      time: at,
      data: { assetId: asset.assetId, status: 'retired', previousStatus: 'in-stock' },
    });
    expect((await relayed(table, [created, retired])).events).toEqual(events);
    expect(table.items()).toEqual(once);
  });
  it('is an event of the catalogue, with the payload that it names and nothing else', () => {
    const { type, detail } = eventOf(created);
    const contract = catalogue.find((one) => one.type === type);
    expect(() => contract?.envelope.shape.detail.parse(detail)).not.toThrow();
    expect(Object.keys(detail.data as object).sort()).toEqual(['assetId', 'status']);
    expect(() => eventOf({ before: undefined, after: assetItem(1, 'AssetExploded') })).toThrow(
      'no event AssetExploded',
    );
  });
  it('is written to history before it is told', async () => {
    const table = memoryTable();
    const writeEach = table.writeEach;
    const order: string[] = [];
    table.writeEach = async (writes) => {
      order.push('history');
      return writeEach(writes);
    };
    const context = {
      table,
      bus: { put: async () => void order.push('bus') },
      queue: { send: async () => {} },
      log: createLog({}, () => {}),
    };
    await handleStream(context)({ Records: [recordOf(created, '1')] as never[] }, {} as never);
    expect(order[0]).toBe('history');
    expect(order.at(-1)).toBe('bus');
  });
});

describe('what is nobody’s news', () => {
  const claim = claimEntity.toItem('skyways', { claimKey: 'serial#SKYW42', holders: [] }, 1);
  const entry = sourceEntryEntity.toItem(
    'skyways',
    { source: 'register', nativeKey: 'a', fingerprint: {}, run: runId, record: 0, outcome: 'created' },
    1,
  );
  it.each([
    ['a claim', { before: undefined, after: claim }],
    ['a source entry', { before: undefined, after: entry }],
    ['progress of a run', { before: undefined, after: runEntity.toItem('skyways', run, 2) }],
    ['a write that keeps the version', { before: retired.after, after: retired.after }],
    ['a removal', { before: retired.after, after: undefined }],
    ['history itself', { before: undefined, after: { ...created.after, e: 'history' } }],
  ])('%s is not', async (_what, one) => {
    const table = memoryTable();
    const { events, messages } = await relayed(table, [one]);
    expect([events, messages, table.items()]).toEqual([[], [], []]);
  });
});

describe('a plan that is to be carried out', () => {
  const started = { before: undefined, after: runEntity.toItem('skyways', run, 5, change('ImportApplyStarted')) };
  it('has its work asked for', async () => {
    const { messages, events } = await relayed(memoryTable(), [started]);
    expect(messages).toEqual([0, 1].map((chunk) => ({ tenant: 'skyways', runId, phase: 'records', chunk })));
    expect(events.map(({ type }) => type)).toEqual(['ImportApplyStarted']);
  });
  it('is not asked for by any other news of a run', async () => {
    const done = {
      before: undefined,
      after: runEntity.toItem('skyways', { ...run, status: 'completed' }, 5, change('ImportCompleted')),
    };
    expect((await relayed(memoryTable(), [done])).messages).toEqual([]);
  });
});

const recordOf = ({ before, after }: { before: Item | undefined; after: Item | undefined }, sequence: string) => ({
  eventName: 'MODIFY' as const,
  dynamodb: {
    SequenceNumber: sequence,
    ...(before === undefined ? {} : { OldImage: marshall(before, { removeUndefinedValues: true }) }),
    ...(after === undefined ? {} : { NewImage: marshall(after, { removeUndefinedValues: true }) }),
  },
});

describe('a batch of the stream', () => {
  const poison = { before: undefined, after: assetItem(3, 'AssetExploded') };
  const handle = async (records: object[], failingBus = false) => {
    const published: PublishedEvent[] = [];
    const lines: string[] = [];
    const bus = {
      put: async (events: readonly PublishedEvent[]) => {
        if (failingBus) throw new Error('throttled');
        published.push(...events);
      },
    };
    const context = {
      table: memoryTable(),
      bus,
      queue: { send: async () => {} },
      log: createLog({}, (line) => lines.push(line)),
    };
    return { answer: await handleStream(context)({ Records: records as never[] }, {} as never), published, lines };
  };

  it('is read as it is on the wire', () => {
    expect(readChange(recordOf(retired, '1') as never)).toEqual(retired);
    expect(readChange({})).toEqual({ before: undefined, after: undefined });
  });
  it('is relayed as a whole', async () => {
    const { answer, published } = await handle([recordOf(created, '1'), recordOf(retired, '2')]);
    expect(answer).toEqual({ batchItemFailures: [] });
    expect(published).toHaveLength(2);
  });
  it('names the first record that cannot be relayed; those before it are told, those behind come again', async () => {
    const { answer, published, lines } = await handle([
      recordOf(created, '1'),
      recordOf(poison, '2'),
      recordOf(retired, '3'),
    ]);
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: '2' }] });
    expect(published.map(({ type }) => type)).toEqual(['AssetCreated']);
    expect(lines.join()).toContain('AssetExploded');
  });
  it('comes again from its first record when the bus fails', async () => {
    const { answer } = await handle([recordOf(created, '1'), recordOf(retired, '2')], true);
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: '1' }] });
  });
});
