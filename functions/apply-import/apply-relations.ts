import type { RecordWarning } from '../../domain/discovery/record.ts';
import type { SourceEntry } from '../../domain/import/source-index.ts';
import { assertEdge, releaseEdge } from '../../domain/relationship/asserted.ts';
import type { Relationship } from '../../domain/relationship/relationship.ts';
import { sameContent } from '../../domain/shared/canonical.ts';
import { laterOf } from '../../domain/shared/time.ts';
import type { ChunkLine } from '../plan-import/chunk-line.ts';
import { openRelationEntity } from '../plan-import/open-relation.ts';
import { sourceEntryEntity } from '../plan-import/source-entry.ts';
import { relationshipEntity } from '../relationships/entity.ts';
import { followMoved } from '../store/follow-moved.ts';
import { noteWaiting, type Waiting } from '../unknown-devices/note-waiting.ts';
import { assertOnly, isOnly } from './assert-one.ts';
import type { RunScope } from './context.ts';
import { edgeOf, identifiersOf, targetOf } from './edges.ts';
import { loadState } from './load-state.ts';
import { observedAt } from './observed-at.ts';
import { isAssertedByOthers } from './other-assertions.ts';
import { type RelationNotes, waitNotes } from './relation-notes.ts';
import { pairOf, type State } from './state.ts';

const mostRounds = 12;

/**
 * The second phase: when every record has its CI, the relations between them. The edges a record asserts are compared with those it
 * asserted before; an edge that no source asserts any more is closed, never deleted. Gives what there is to say of the records.
 */
export const applyRelations = async (scope: RunScope, lines: readonly ChunkLine[]): Promise<RelationNotes> => {
  const concerned = lines.filter(({ record }) => !record.partial || (record.relations ?? []).length > 0);
  const notes: RelationNotes = new Map();
  if (concerned.length === 0) return notes;
  const state = await loadFor(scope, concerned);
  const waiting: Waiting[] = [];
  for (const line of concerned) await relateAgain({ ...scope, waiting, notes }, line, state);
  // What is looked at again was noted when it was told.
  if (scope.late !== true) await noteWaiting(scope.context.table, scope.run, scope.now, waiting);
  return notes;
};

/** `waiting`: relations that were found to wait are added to it. `notes`: what there is to say of each record that is looked at. */
type RelateScope = RunScope & { waiting: Waiting[]; notes: RelationNotes };

const loadFor = ({ context, run }: RunScope, lines: readonly ChunkLine[]): Promise<State> => {
  const relations = lines.flatMap(({ record }) => record.relations ?? []);
  return loadState(context.table, run.tenant, run.source, {
    nativeKeys: [...lines.map(({ record }) => record.nativeKey), ...relations.flatMap(({ record }) => record ?? [])],
    identifiers: relations.flatMap((relation) => identifiersOf(relation, run.source)),
  });
};

/** What another run did to the same source entry meanwhile is read, and the record compared again. */
const relateAgain = async (scope: RelateScope, line: ChunkLine, loaded: State): Promise<void> => {
  for (let round = 0; round < mostRounds; round += 1) {
    if (await relate(scope, line, round === 0 ? loaded : await loadFor(scope, [line]))) return;
  }
  throw new Error(`record ${line.record.recordIndex} lost every race; the chunk is tried again later`);
};

const relate = async (scope: RelateScope, { record }: ChunkLine, state: State): Promise<boolean> => {
  const { context, run } = scope;
  const entry = state.entries.get(record.nativeKey);
  const ciId = entry === undefined ? undefined : pairOf(state, entry.value).ci?.ciId;
  const { at } = observedAt(record, run.storedAt);
  if (entry === undefined || ciId === undefined || (entry.value.relatedAt ?? '') > at) return true;
  if (scope.late && (entry.value.run !== run.runId || entry.value.record !== record.recordIndex)) return true;
  // A deletion that was not taken ends nothing; what is deleted relates to nothing.
  if ((record.action === 'delete') !== (entry.value.deletedAt !== undefined)) return true;
  const targets = (record.relations ?? []).map((relation) => ({
    relation,
    target: targetOf(relation, state, run.source),
  }));
  const wanted = targets.flatMap(({ relation, target }) => edgeOf(relation, ciId, target));
  const ids = [...new Set(wanted.map(({ relationshipId }) => relationshipId))].sort();
  const before = entry.value.relations ?? [];
  const notes: RecordWarning[] = [];
  for (const edge of wanted) {
    if (await isOnly(scope, edge, state)) {
      const note = await assertOnly(scope, { edge, observedAt: at, record: record.recordIndex });
      if (note !== undefined) notes.push(note);
      continue;
    }
    await change(scope, edge.relationshipId, record.recordIndex, (known) =>
      assertEdge(known, edge, run.source, scope.now),
    );
  }
  for (const id of before.filter((id) => !ids.includes(id))) await letGo(scope, record, id, ids);
  const { unrelated: _unrelated, relations: _before, ...rest } = entry.value;
  const next: SourceEntry = {
    ...rest,
    ...(ids.length === 0 ? {} : { relations: ids }),
    ...(sameContent(before, ids) ? {} : { relatedAt: at }),
    ...(targets.some(({ target }) => target === undefined) ? { unrelated: true } : {}),
  };
  await keepWaiting(scope, entry.value, next.unrelated === true);
  const open = targets.flatMap(({ relation, target }) => (target === undefined ? [relation] : []));
  if (open.length > 0) scope.waiting.push({ record, relations: open });
  scope.notes.set(record.recordIndex, [...notes, ...waitNotes(open)]);
  if (sameContent(entry.value, next)) return true;
  const put = sourceEntryEntity.toItem(run.tenant, next, entry.version + 1);
  const [result] = await context.table.writeEach([{ put, expect: entry.version }]);
  return result?.done === true;
};

/** An edge whose end was merged into another CI has another id since, and may get it just now: then that one is let go. */
const letGo = async (
  scope: RunScope,
  { recordIndex, nativeKey }: ChunkLine['record'],
  id: string,
  kept: readonly string[],
): Promise<void> => {
  const { context, run } = scope;
  let done: string | undefined;
  for (let round = 0; round < mostRounds; round += 1) {
    const now = (await followMoved(context.table, run.tenant, relationshipEntity, id))?.value.relationshipId;
    if (now === undefined || now === done || kept.includes(now)) return;
    await change(scope, now, recordIndex, async (known) =>
      known === undefined || (await isAssertedByOthers(scope, known, nativeKey, id))
        ? undefined
        : releaseEdge(known, run.source, scope.now),
    );
    done = now;
  }
};

/**
 * What waits is listed under the run that said so, whose chunk holds it: so that the run which brings the other end finds it.
 * A record that comes again and says nothing new waits where it did.
 */
const keepWaiting = async ({ context, run, chunk }: RunScope, entry: SourceEntry, waits: boolean): Promise<void> => {
  const key = { source: run.source, nativeKey: entry.nativeKey };
  if (waits && chunk !== undefined && entry.run === run.runId) {
    const put = openRelationEntity.toItem(run.tenant, { ...key, runId: run.runId, chunk }, 1);
    await context.table.writeEach([{ put, expect: 'any' }]);
  } else if (!waits && entry.unrelated === true) {
    await context.table.writeEach([{ remove: openRelationEntity.keyOf(run.tenant, key), expect: 'any' }]);
  }
};

type Decide = (known: Relationship | undefined) => Relationship | undefined | Promise<Relationship | undefined>;

const change = async ({ context, run, now }: RunScope, id: string, record: number, decide: Decide): Promise<void> => {
  for (let round = 0; round < mostRounds; round += 1) {
    const item = await context.table.get(relationshipEntity.keyOf(run.tenant, id), { consistent: true });
    const stored = item === undefined ? undefined : relationshipEntity.fromItem(item);
    const next = await decide(stored?.value);
    if (next === undefined || sameContent(next, stored?.value)) return;
    const opened = stored === undefined || (stored.value.validTo !== undefined && next.validTo === undefined);
    const type =
      next.validTo !== undefined ? 'RelationshipClosed' : opened ? 'RelationshipCreated' : 'RelationshipUpdated';
    const at = laterOf(now, stored?.change?.at ?? now);
    const by = { type, by: `source:${run.source}`, at, correlationId: run.runId, record };
    const put = relationshipEntity.toItem(run.tenant, next, (stored?.version ?? 0) + 1, by);
    const [result] = await context.table.writeEach([{ put, expect: stored?.version ?? 'absent' }]);
    if (result?.done === true) return;
  }
  throw new Error(`relationship ${id} lost every race; the chunk is tried again later`);
};
