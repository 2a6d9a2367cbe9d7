import type { Relationship } from '../../../domain/relationship/relationship.ts';
import { sameContent } from '../../../domain/shared/canonical.ts';
import { laterOf } from '../../../domain/shared/time.ts';
import type { Told } from '../../../domain/undo/told.ts';
import { undoEdge } from '../../../domain/undo/undo-edge.ts';
import { inwardPrefix, outwardPrefix, relationshipEntity } from '../../relationships/entity.ts';
import { ofTenant, type Stored } from '../../store/entity.ts';
import type { Item, Query, Table, Write } from '../../store/table.ts';
import { readVersions } from './read-versions.ts';
import type { Undoing } from './undoing.ts';

/** `open`: the edges that remain open at the CI; `told` with the record that had made each. */
export type UndoneEdges = {
  writes: Write[];
  told: (Told & { record: number | undefined })[];
  open: Stored<Relationship>[];
  changed: Map<string, Relationship>;
};

/** The relationships of one CI without what the run did to them. */
export const undoEdges = async (undoing: Undoing, ciId: string): Promise<UndoneEdges> => {
  const { table, run, now, change } = undoing;
  const undone: UndoneEdges = { writes: [], told: [], open: [], changed: new Map() };
  for (const live of await edgesOf(table, run.tenant, ciId)) {
    const versions = await readVersions(table, run, relationshipEntity, live);
    const at = laterOf(now, live.change?.at ?? now);
    const edge = versions.length === 0 ? undefined : undoEdge(versions, run, at);
    const next = edge?.next ?? live.value;
    if (next.validTo === undefined) undone.open.push({ ...live, value: next });
    if (edge === undefined) continue;
    const record = versions.find(({ change }) => change.correlationId === run.runId)?.change.record;
    undone.told.push({ ...edge.told, record });
    undone.changed.set(next.relationshipId, next);
    if (sameContent(next, live.value)) continue;
    const put = relationshipEntity.toItem(run.tenant, next, live.version + 1, change(nameOf(live.value, next), live));
    undone.writes.push({ put, expect: live.version });
  }
  return undone;
};

const nameOf = (before: Relationship, after: Relationship): string => {
  if (after.validTo !== undefined) return 'RelationshipClosed';
  return before.validTo === undefined ? 'RelationshipUpdated' : 'RelationshipCreated';
};

const edgesOf = async (table: Table, tenant: string, ciId: string): Promise<Stored<Relationship>[]> => {
  const pk = ofTenant(tenant, ciId);
  const outward = await all(table, { pk, prefix: outwardPrefix, limit: 250 });
  const inward = await all(table, { index: 'inverse', pk, prefix: inwardPrefix, limit: 250 });
  const known = new Map(outward.map(({ pk, sk }) => [`${pk} ${sk}`, { pk, sk }]));
  for (const { pk, sk } of inward) known.set(`${pk} ${sk}`, { pk, sk });
  const items = await table.getMany([...known.values()], { consistent: true });
  return items.map(relationshipEntity.fromItem);
};

const all = async (table: Table, query: Query): Promise<Item[]> => {
  const items: Item[] = [];
  for (let after: Query['after']; ; ) {
    const page = await table.query({ ...query, ...(after === undefined ? {} : { after }) });
    items.push(...page.items);
    after = page.last;
    if (after === undefined) return items;
  }
};
