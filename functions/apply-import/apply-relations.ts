import type { RawRelation } from '../../domain/discovery/record.ts';
import { normaliseIdentifiers } from '../../domain/identity/normalise.ts';
import type { SourceEntry } from '../../domain/import/source-index.ts';
import { assertEdge, releaseEdge } from '../../domain/relationship/asserted.ts';
import type { Relationship } from '../../domain/relationship/relationship.ts';
import { isSymmetric } from '../../domain/relationship/relationship-types.ts';
import { sameContent } from '../../domain/shared/canonical.ts';
import { childIdFrom } from '../../domain/shared/id.ts';
import type { ChunkLine } from '../plan-import/chunk-line.ts';
import { sourceEntryEntity } from '../plan-import/entities.ts';
import { relationshipEntity } from '../relationships/entity.ts';
import { digest } from '../shared/digest.ts';
import type { RunScope } from './context.ts';
import { loadState } from './load-state.ts';
import { candidatesOf, pairOf, type State } from './state.ts';

const mostRounds = 12;

/**
 * The second phase: when every record has its CI, the relations between them. The edges a record asserts are compared with those it
 * asserted before; an edge that no source asserts any more is closed, never deleted.
 */
export const applyRelations = async (scope: RunScope, lines: readonly ChunkLine[]): Promise<void> => {
  const concerned = lines.filter(({ record }) => !record.partial || (record.relations ?? []).length > 0);
  if (concerned.length === 0) return;
  const { context, run } = scope;
  const relations = concerned.flatMap(({ record }) => record.relations ?? []);
  const state = await loadState(context.table, run.tenant, run.source, {
    nativeKeys: [
      ...concerned.map(({ record }) => record.nativeKey),
      ...relations.flatMap(({ record }) => record ?? []),
    ],
    identifiers: relations.flatMap((relation) => identifiersOf(relation, run.source)),
  });
  for (const line of concerned) await relate(scope, line, state);
};

const relate = async (scope: RunScope, { record }: ChunkLine, state: State): Promise<void> => {
  const { context, run } = scope;
  const entry = state.entries.get(record.nativeKey);
  const ciId = entry === undefined ? undefined : pairOf(state, entry.value).ci?.ciId;
  if (entry === undefined || ciId === undefined) return;
  const targets = (record.relations ?? []).map((relation) => ({
    relation,
    target: targetOf(relation, state, run.source),
  }));
  const wanted = targets.flatMap(({ relation, target }) => edgeOf(relation, ciId, target));
  const ids = [...new Set(wanted.map(({ relationshipId }) => relationshipId))].sort();
  const before = entry.value.relations ?? [];
  for (const edge of wanted) {
    await change(scope, edge.relationshipId, record.recordIndex, (known) =>
      assertEdge(known, edge, run.source, scope.now),
    );
  }
  for (const id of before.filter((id) => !ids.includes(id))) {
    await change(scope, id, record.recordIndex, (known) =>
      known === undefined ? undefined : releaseEdge(known, run.source, scope.now),
    );
  }
  const { unrelated: _unrelated, ...rest } = entry.value;
  const open = targets.some(({ target }) => target === undefined);
  const next: SourceEntry = {
    ...rest,
    ...(ids.length === 0 && entry.value.relations === undefined ? {} : { relations: ids }),
    ...(open ? { unrelated: true } : {}),
  };
  if (sameContent(entry.value, next)) return;
  await context.table.writeEach([
    { put: sourceEntryEntity.toItem(run.tenant, next, entry.version + 1), expect: entry.version },
  ]);
};

type Edge = Pick<Relationship, 'relationshipId' | 'type' | 'from' | 'to'>;

const edgeOf = (relation: RawRelation, ciId: string, target: string | undefined): Edge[] => {
  if (target === undefined || target === ciId) return [];
  const ends = relation.direction === 'out' ? [ciId, target] : [target, ciId];
  const [from, to] = (isSymmetric(relation.type) ? ends.sort() : ends) as [string, string];
  return [{ relationshipId: childIdFrom('rel', digest, from, relation.type, to), type: relation.type, from, to }];
};

/** The CI at the other end: by the file's own name for it, or by identifiers when exactly one CI holds them. */
const targetOf = (relation: RawRelation, state: State, source: string): string | undefined => {
  if (relation.record !== undefined) {
    const entry = state.entries.get(relation.record);
    return entry === undefined ? undefined : pairOf(state, entry.value).ci?.ciId;
  }
  const found = candidatesOf(state, identifiersOf(relation, source)).flatMap(({ device }) => device.ciId ?? []);
  return new Set(found).size === 1 ? found[0] : undefined;
};

const identifiersOf = ({ identifiers = [] }: RawRelation, source: string) =>
  normaliseIdentifiers({ identifiers, nature: 'unknown' }, source);

const change = async (
  { context, run, now }: RunScope,
  id: string,
  record: number,
  decide: (known: Relationship | undefined) => Relationship | undefined,
): Promise<void> => {
  for (let round = 0; round < mostRounds; round += 1) {
    const item = await context.table.get(relationshipEntity.keyOf(run.tenant, id), { consistent: true });
    const stored = item === undefined ? undefined : relationshipEntity.fromItem(item);
    const next = decide(stored?.value);
    if (next === undefined || sameContent(next, stored?.value)) return;
    const opened = stored === undefined || (stored.value.validTo !== undefined && next.validTo === undefined);
    const type =
      next.validTo !== undefined ? 'RelationshipClosed' : opened ? 'RelationshipCreated' : 'RelationshipUpdated';
    const by = { type, by: `source:${run.source}`, at: now, correlationId: run.runId, record };
    const put = relationshipEntity.toItem(run.tenant, next, (stored?.version ?? 0) + 1, by);
    const [result] = await context.table.writeEach([{ put, expect: stored?.version ?? 'absent' }]);
    if (result?.done === true) return;
  }
  throw new Error(`relationship ${id} lost every race; the chunk is tried again later`);
};
