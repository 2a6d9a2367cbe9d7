import type { Entity, Stored } from './entity.ts';
import type { Table } from './table.ts';

const mostMerges = 20;

/** The thing that an id stands for now: itself, or what it was merged into, however often. Undefined when there is no such thing. */
export const followMoved = async <T>(
  table: Table,
  tenant: string,
  entity: Entity<T, string>,
  id: string,
): Promise<Stored<T> | undefined> => {
  let wanted = id;
  for (let n = 0; n <= mostMerges; n += 1) {
    const item = await table.get(entity.keyOf(tenant, wanted), { consistent: true });
    const stored = item === undefined ? undefined : entity.fromItem(item);
    const to = stored === undefined ? undefined : entity.movedTo?.(stored.value);
    if (to === undefined) return stored;
    wanted = to;
  }
  throw new Error(`${id} was merged more than ${mostMerges} times`);
};
