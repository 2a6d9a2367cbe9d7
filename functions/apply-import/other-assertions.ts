import type { Relationship } from '../../domain/relationship/relationship.ts';
import { ciEntity } from '../cis/entity.ts';
import { sourceEntryEntity } from '../plan-import/source-entry.ts';
import type { RunScope } from './context.ts';
import { namesOf } from './merged-names.ts';

/**
 * An edge is asserted per source, but a source may report it more than once: a cable from both switches, a guest by itself and by its
 * host. So before a record lets go of it, the source's last records of both ends are asked. Read only when something is let go.
 * `alias`: what the edge was called before an end of it was merged.
 */
export const isAssertedByOthers = async (
  { context: { table }, run }: RunScope,
  { relationshipId, from, to }: Relationship,
  nativeKey: string,
  alias = relationshipId,
): Promise<boolean> => {
  const { tenant, source } = run;
  const ends = await table.getMany(
    [from, to].map((ciId) => ciEntity.keyOf(tenant, ciId)),
    { consistent: true },
  );
  const all = await Promise.all(ends.map((item) => namesOf(table, tenant, ciEntity.fromItem(item).value)));
  const names = all.flat().filter((name) => name.source === source && name.nativeKey !== nativeKey);
  const entries = await table.getMany(
    names.map((name) => sourceEntryEntity.keyOf(tenant, name)),
    { consistent: true },
  );
  return entries.some((item) => {
    const { relations = [] } = sourceEntryEntity.fromItem(item).value;
    return relations.includes(relationshipId) || relations.includes(alias);
  });
};
