import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import { phaseOf } from '../../domain/import/stored-run.ts';
import { Change } from '../../domain/shared/change.ts';
import type { EventBus } from '../bus/event-bus.ts';
import { advanceMerge, isMergeStep } from '../merges/advance-merge.ts';
import { dispatch } from '../plan-import/dispatch.ts';
import { runEntity } from '../plan-import/entities.ts';
import { reviewEntity } from '../plan-import/review-entity.ts';
import type { ChunkMessage, ChunkQueue } from '../queue/chunk-queue.ts';
import type { Log } from '../shared/log.ts';
import { toHistory } from '../store/history.ts';
import type { Item, Table } from '../store/table.ts';
import { keepAdjacency } from './adjacency.ts';
import { keepDrift } from './drift.ts';
import { isScope, sweepScope } from './drift-scopes.ts';
import { eventOf } from './event-of.ts';
import { recogniseUnknown } from './recognise-unknown.ts';
import { settleEdges } from './settle-edges.ts';
import { waitingRelations } from './waiting-relations.ts';

export type RelayContext = { table: Table; bus: EventBus; queue: ChunkQueue; log: Log };

export type TableChange = { before: Item | undefined; after: Item | undefined };

/** A stream record as the two items it is about. */
export const readChange = ({ dynamodb }: DynamoDBRecord): TableChange => ({
  before: itemOf(dynamodb?.OldImage),
  after: itemOf(dynamodb?.NewImage),
});

/**
 * The outbox: each new version of a tracked entity becomes one history item and one event, both under ids made of entity and
 * version. A record that comes again writes the same history and publishes an event with the same id. History first: an event
 * never speaks of a version that history does not have.
 */
export const relayChanges = async (
  { table, bus, queue }: RelayContext,
  changes: readonly TableChange[],
): Promise<void> => {
  const news = changes.filter(isNews);
  await table.writeEach(
    news.map(({ after }) => ({ put: toHistory(after, Change.parse(after.c).at), expect: 'any' as const })),
  );
  for (const { after } of news)
    for (const phase of startedPhase(after)) await dispatch(queue, runEntity.fromItem(after).value, phase);
  await queue.send(news.flatMap(({ after }) => decidedRecord(after)));
  for (const { after } of news) await queue.send(await waitingRelations(table, after));
  await recogniseUnknown(table, news);
  await keepAdjacency(table, news);
  await settleEdges(table, news);
  await keepDrift(table, news);
  for (const { after } of changes) {
    if (after !== undefined && isScope(after)) await sweepScope(table, after);
    if (after !== undefined && isMergeStep(after)) await advanceMerge(table, after);
  }
  await bus.put(news.map(eventOf));
};

type News = { before: Item | undefined; after: Item };

/** An item that carries a change record with a version not seen before; progress of a run and claims are nobody's news. */
const isNews = (change: TableChange): change is News =>
  change.after?.c !== undefined &&
  change.after.e !== 'history' &&
  !isScope(change.after) &&
  !isMergeStep(change.after) &&
  change.before?.v !== change.after.v;

/** What a person has decided, to carry out a plan or to undo a run: asked for here, so that it cannot be lost after it is stored. */
const startedPhase = (item: Item): ChunkMessage['phase'][] => {
  if (item.e !== runEntity.name) return [];
  const { type } = Change.parse(item.c);
  if (type === 'ImportUndoStarted') return ['undo'];
  if (type !== 'ImportApplyStarted') return [];
  const phase = phaseOf(runEntity.fromItem(item).value);
  return [phase === 'finished' ? 'records' : phase];
};

/** A record that a person has decided on, to be carried out. */
const decidedRecord = (item: Item): ChunkMessage[] => {
  if (item.e !== reviewEntity.name) return [];
  const { state, runId, recordIndex: record, chunk, source, nativeKey } = reviewEntity.fromItem(item).value;
  const tenant = item.pk.slice(0, item.pk.indexOf('#'));
  return state === 'decided' ? [{ tenant, runId, phase: 'resolve', chunk, record, about: { source, nativeKey } }] : [];
};

const itemOf = (image: unknown): Item | undefined =>
  image === undefined ? undefined : (unmarshall(image as Record<string, AttributeValue>) as Item);
