import type { RecordWarning } from '../../domain/discovery/record.ts';
import { manualSource } from '../../domain/reconcile/manual.ts';
import { assertEdge } from '../../domain/relationship/asserted.ts';
import { standingOf } from '../../domain/relationship/cardinality.ts';
import { hasOneAtMost } from '../../domain/relationship/ends.ts';
import type { Relationship } from '../../domain/relationship/relationship.ts';
import { relationshipTypes } from '../../domain/relationship/relationship-types.ts';
import { closeRelationship } from '../../domain/relationship/write-relationship.ts';
import { sameContent } from '../../domain/shared/canonical.ts';
import { laterOf } from '../../domain/shared/time.ts';
import { ciEntity } from '../cis/entity.ts';
import { edgeSlotEntity, relationshipEntity } from '../relationships/entity.ts';
import type { Stored } from '../store/entity.ts';
import { type Write, WriteConflict } from '../store/table.ts';
import type { RunScope } from './context.ts';
import { doubledNote, keptNote } from './relation-notes.ts';
import type { State } from './state.ts';

type Edge = Pick<Relationship, 'relationshipId' | 'type' | 'from' | 'to'>;
type Word = { edge: Edge; observedAt: string; record: number };

const mostRounds = 12;

/** May the CI that the edge leads from have one of its type only? Asked of the table only for the few types that have such CIs. */
export const isOnly = async ({ context, run }: RunScope, { type, from }: Edge, state: State): Promise<boolean> => {
  if (relationshipTypes[type].oneFrom.length === 0) return false;
  const item = state.cis.has(from) ? undefined : await context.table.get(ciEntity.keyOf(run.tenant, from));
  const ci = state.cis.get(from)?.value ?? (item === undefined ? undefined : ciEntity.fromItem(item).value);
  return ci !== undefined && hasOneAtMost(type, ci);
};

/**
 * A source says the edge is there, where there is room for one: what it said itself before ends with it (the machine has moved), what a
 * person said stays and this is not opened, what another source says stays beside it. The edge, the other one and the place for them are
 * written in one transaction. Gives what there is to say of it.
 */
export const assertOnly = async (scope: RunScope, word: Word): Promise<RecordWarning | undefined> => {
  for (let round = 0; round < mostRounds; round += 1) {
    const { writes, note } = await decide(scope, word);
    try {
      if (writes.length > 0) await scope.context.table.transact(writes);
      return note;
    } catch (error) {
      if (!(error instanceof WriteConflict)) throw error;
    }
  }
  throw new Error(`relationship ${word.edge.relationshipId} lost every race; the chunk is tried again later`);
};

type Decided = { writes: Write[]; note?: RecordWarning };

const decide = async (scope: RunScope, { edge, observedAt, record }: Word): Promise<Decided> => {
  const { run, now } = scope;
  const { table } = scope.context;
  const read = async (id: string): Promise<Stored<Relationship> | undefined> => {
    const item = await table.get(relationshipEntity.keyOf(run.tenant, id), { consistent: true });
    return item === undefined ? undefined : relationshipEntity.fromItem(item);
  };
  const slotItem = await table.get(edgeSlotEntity.keyOf(run.tenant, { ciId: edge.from, type: edge.type }), {
    consistent: true,
  });
  const slot = slotItem === undefined ? undefined : edgeSlotEntity.fromItem(slotItem);
  const known = await read(edge.relationshipId);
  const isOther = slot !== undefined && slot.value.relationshipId !== edge.relationshipId;
  const holder = isOther ? await read(slot.value.relationshipId) : known;
  const standing = standingOf(
    { relationshipId: edge.relationshipId, source: run.source, observedAt },
    slot?.value,
    holder?.value,
  );
  if (standing === 'yield')
    return { writes: [], ...(holder && { note: keptNote(edge, holder, holder.value.sources.includes(manualSource)) }) };
  const put = (stored: Stored<Relationship> | undefined, next: Relationship, reason?: string): Write[] => {
    if (sameContent(stored?.value, next)) return [];
    const opened = stored === undefined || (stored.value.validTo !== undefined && next.validTo === undefined);
    const type = next.validTo !== undefined ? 'Closed' : opened ? 'Created' : 'Updated';
    const change = {
      type: `Relationship${type}`,
      by: `source:${run.source}`,
      at: laterOf(now, stored?.change?.at ?? now),
      correlationId: run.runId,
      record,
      ...(reason === undefined ? {} : { reason }),
    };
    const item = relationshipEntity.toItem(run.tenant, next, (stored?.version ?? 0) + 1, change);
    return [{ put: item, expect: stored?.version ?? 'absent' }];
  };
  const asserted = put(known, assertEdge(known?.value, edge, run.source, now));
  if (standing === 'beside') return { writes: asserted, ...(holder && { note: doubledNote(edge, holder) }) };
  const moved =
    standing === 'move' && holder !== undefined
      ? put(holder, closeRelationship(holder.value, now), `${edge.relationshipId} takes its place`)
      : [];
  const seen = laterOf(observedAt, isOther ? '' : (slot?.value.observedAt ?? ''));
  const next = { ciId: edge.from, type: edge.type, relationshipId: edge.relationshipId, observedAt: seen };
  // What is said again and is open moves nothing: the place is written when it is taken.
  if (slot !== undefined && (sameContent(slot.value, next) || (!isOther && asserted.length === 0)))
    return { writes: asserted };
  const item = edgeSlotEntity.toItem(run.tenant, next, (slot?.version ?? 0) + 1);
  return { writes: [...asserted, ...moved, { put: item, expect: slot?.version ?? 'absent' }] };
};
