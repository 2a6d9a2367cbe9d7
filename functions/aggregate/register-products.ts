import { productEntity } from '../software/entities.ts';
import type { Table } from '../store/table.ts';

/** Products are never removed: what a worker has once seen in a table is there. */
const seen = new WeakMap<Table, Set<string>>();
const mostSeen = 200_000;

/** Lists products that are not listed yet. */
export const registerProducts = async (table: Table, tenant: string, keys: ReadonlySet<string>): Promise<void> => {
  const known = seen.get(table) ?? new Set<string>();
  seen.set(table, known);
  if (known.size > mostSeen) known.clear();
  const nameOf = (key: string) => productEntity.keyOf(tenant, key).pk;
  const asked = [...keys].filter((key) => !known.has(nameOf(key)));
  const stored = await table.getMany(asked.map((key) => productEntity.keyOf(tenant, key)));
  const there = new Set(stored.map(({ pk }) => pk));
  const missing = asked.filter((key) => !there.has(nameOf(key)));
  await table.writeEach(missing.map((key) => ({ put: productEntity.toItem(tenant, { key }, 1), expect: 'absent' })));
  for (const key of asked) known.add(nameOf(key));
};
