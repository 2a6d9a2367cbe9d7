import { setTimeout as pause } from 'node:timers/promises';
import { normaliseIdentifiers } from '../../../domain/identity/normalise.ts';
import type { RecordOutcome } from '../../../domain/import/run.ts';
import type { Told } from '../../../domain/undo/told.ts';
import type { ChunkLine } from '../../plan-import/chunk-line.ts';
import { reviewEntity } from '../../plan-import/review-entity.ts';
import { sourceEntryEntity } from '../../plan-import/source-entry.ts';
import { type Write, WriteConflict } from '../../store/table.ts';
import { idsOf, startOutcome } from '../outcome.ts';
import { type Unclaimed, undoClaims } from './undo-claims.ts';
import { type UndoneEdges, undoEdges } from './undo-edges.ts';
import { undoEntry } from './undo-entry.ts';
import { type Pair, readPair, type UndonePair, undoPair } from './undo-pair.ts';
import type { Undoing } from './undoing.ts';

const mostRounds = 12;
const largestTransaction = 100;

/**
 * Takes back all that one record of the run did. Doing it again ends in the same state and tells the same: undone versions are passed
 * over. What another worker changed meanwhile is read again. Undefined: there was nothing to take back.
 */
export const undoRecord = async (
  undoing: Undoing,
  line: ChunkLine,
  done: RecordOutcome | undefined,
): Promise<RecordOutcome | undefined> => {
  for (let round = 0; round < mostRounds; round += 1) {
    if (round > 0) await pause(Math.random() * 20 * 2 ** Math.min(round, 6));
    const { writes, outcome } = await decide(undoing, line, done);
    if (await writeAll(undoing, writes)) return outcome;
  }
  throw new Error(`record ${line.record.recordIndex} lost every race; the chunk is tried again later`);
};

const decide = async (undoing: Undoing, { record }: ChunkLine, done: RecordOutcome | undefined) => {
  const { table, run } = undoing;
  const id = { source: run.source, nativeKey: record.nativeKey };
  const item = await table.get(sourceEntryEntity.keyOf(run.tenant, id), { consistent: true });
  const entry = item === undefined ? undefined : sourceEntryEntity.fromItem(item);
  const mine = entry?.value.run === run.runId ? entry.value : undefined;
  const ids = { assetId: done?.assetId ?? mine?.assetId, ciId: done?.ciId ?? mine?.ciId };
  const pair = await readPair(undoing, ids);
  const ciId = pair.ci?.live.value.ciId;
  const none: UndoneEdges = { writes: [], told: [], open: [], changed: new Map() };
  const edges = ciId === undefined ? none : await undoEdges(undoing, ciId);
  const undone = undoPair(undoing, pair, edges.open);
  const claims = await undoClaims(undoing, normaliseIdentifiers(record, run.source), unclaimed(pair, undone));
  const last = [...undone.writes, ...undoEntry(undoing, entry, undone, edges)];
  const told = tellOf(record.recordIndex, run.runId, pair, undone, edges);
  return {
    writes: [...edges.writes, ...claims, ...last, ...(await closeReview(undoing, id, done))],
    outcome: told.length === 0 ? undefined : { ...startOutcome(record), ...idsOf(ids), ...outcomeOf(told) },
  };
};

/** What the run had to ask is no question any more. */
const closeReview = async (
  { table, run }: Undoing,
  id: { source: string; nativeKey: string },
  done: RecordOutcome | undefined,
): Promise<Write[]> => {
  if (done !== undefined && done.ciId === undefined && done.assetId === undefined) {
    const item = await table.get(reviewEntity.keyOf(run.tenant, id), { consistent: true });
    const stored = item === undefined ? undefined : reviewEntity.fromItem(item);
    if (stored?.value.state !== 'open' || stored.value.runId !== run.runId) return [];
    const put = reviewEntity.toItem(run.tenant, { ...stored.value, state: 'closed' }, stored.version + 1);
    return [{ put, expect: stored.version }];
  }
  return [];
};

const unclaimed = ({ asset, ci }: Pair, undone: UndonePair): Unclaimed[] => [
  ...(asset === undefined || undone.asset === undefined
    ? []
    : [{ ...undone.asset, holder: { assetId: asset.live.value.assetId }, named: namesOf(asset.versions) }]),
  ...(ci === undefined || undone.ci === undefined
    ? []
    : [{ ...undone.ci, holder: { ciId: ci.live.value.ciId }, named: namesOf(ci.versions) }]),
];

const namesOf = (versions: readonly { value: { identifiers: readonly string[] } }[]): string[] => [
  ...new Set(versions.flatMap(({ value }) => value.identifiers)),
];

/** A thing that several records speak of is told with the first one that changed it. */
const tellOf = (index: number, runId: string, { asset, ci }: Pair, undone: UndonePair, edges: UndoneEdges): Told[] => {
  type Versions = NonNullable<Pair['asset'] | Pair['ci']>['versions'] | undefined;
  const isMine = (versions: Versions) => {
    const record = versions?.find(({ change }) => change.correlationId === runId)?.change.record;
    return record === undefined || record === index;
  };
  return [
    ...(isMine(asset?.versions) ? (undone.asset?.told ?? []) : []),
    ...(isMine(ci?.versions) ? (undone.ci?.told ?? []) : []),
    ...edges.told.filter(({ record }) => record === undefined || record === index),
  ];
};

const outcomeOf = (told: readonly Told[]): Pick<RecordOutcome, 'outcome' | 'changes' | 'errors'> => {
  const refused = told.flatMap(({ entity, id, field, refused: by }) => {
    if (by === undefined) return [];
    const reason = `${id}: changed by ${by.by} at ${by.at}, after the import; it stays as it is.`;
    return [{ pointer: `#/${entity}/${field}`, reason }];
  });
  const changes = told
    .filter((one) => one.refused === undefined)
    .map(({ entity, field, made, was }) => ({ entity, field, before: made, after: was }));
  return { outcome: refused.length > 0 ? 'refused' : 'updated', changes, errors: refused };
};

/** All in one transaction; where there is too much of it, edges and claims go first, and what they hang on last. */
const writeAll = async ({ table }: Undoing, writes: readonly Write[]): Promise<boolean> => {
  try {
    const rest = writes.length % largestTransaction;
    const first = rest === 0 ? Math.min(writes.length, largestTransaction) : rest;
    for (let at = 0, size = first; at < writes.length; at += size, size = largestTransaction)
      await table.transact(writes.slice(at, at + size));
    return true;
  } catch (error) {
    if (error instanceof WriteConflict) return false;
    throw error;
  }
};
