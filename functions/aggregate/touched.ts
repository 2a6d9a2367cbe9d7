import { assetEntity } from '../assets/entity.ts';
import { ciEntity } from '../cis/entity.ts';
import { healthStateEntity, mostSharers, namePartition } from '../data-health/entities.ts';
import { adjacencyEntity } from '../graph/entity.ts';
import { ofTenant } from '../store/entity.ts';
import type { Item, Table } from '../store/table.ts';
import type { ShardChange } from './shard-change.ts';

/** A record to be judged: a CI or an asset, as its id tells. */
export type RecordRef = { tenant: string; id: string };

/**
 * The records whose health may have changed: CIs and assets themselves, the asset of a CI, CIs that got their first edge or lost their last, and
 * all that share a name which a record has got or lost, or has under another class now.
 */
export const findTouched = async (table: Table, changes: readonly ShardChange[]): Promise<RecordRef[]> => {
  const found = new Map<string, RecordRef>();
  const touch = (tenant: string, id: unknown) => {
    if (typeof id === 'string') found.set(`${tenant} ${id}`, { tenant, id });
  };
  const names = new Set<string>();
  for (const { before, after } of changes) {
    const item = after ?? before;
    if (item === undefined || before?.v === after?.v) continue;
    const tenant = tenantOf(item);
    if (item.e === ciEntity.name) {
      touch(tenant, idOf(item));
      for (const one of [before, after]) touch(tenant, partOf(partOf(one?.d, 'binding'), 'assetId'));
    } else if (item.e === assetEntity.name) touch(tenant, idOf(item));
    else if (item.e === adjacencyEntity.name && isEmpty(before) !== isEmpty(after)) touch(tenant, idOf(item));
    else if (item.e === healthStateEntity.name) {
      const kind = partOf(item.d, 'kind') === 'asset' ? 'asset' : 'ci';
      const isMoved = partOf(before?.d, 'class') !== partOf(after?.d, 'class');
      const [old, next] = [namesIn(before), namesIn(after)];
      for (const name of isMoved ? [...old, ...next] : difference(old, next))
        names.add(ofTenant(tenant, namePartition(kind, name)));
    }
  }
  for (const item of await sharersOf(table, [...names])) touch(tenantOf(item), partOf(item.d, 'id'));
  return [...found.values()];
};

const inFlight = 25;

const sharersOf = async (table: Table, partitions: readonly string[]): Promise<Item[]> => {
  const found: Item[] = [];
  for (let n = 0; n < partitions.length; n += inFlight) {
    const group = partitions.slice(n, n + inFlight);
    const pages = await Promise.all(group.map((pk) => table.query({ pk, limit: mostSharers, consistent: true })));
    found.push(...pages.flatMap(({ items }) => items));
  }
  return found;
};

const tenantOf = ({ pk }: Item): string => pk.slice(0, pk.indexOf('#'));
const idOf = ({ pk }: Item): string => pk.slice(pk.indexOf('#') + 1);

const partOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;

const namesIn = (item: Item | undefined): string[] => {
  const names = partOf(item?.d, 'names');
  return Array.isArray(names) ? names : [];
};

const difference = (a: readonly string[], b: readonly string[]): string[] => [
  ...a.filter((one) => !b.includes(one)),
  ...b.filter((one) => !a.includes(one)),
];

/** A page that is not there has no edges either. */
const isEmpty = (page: Item | undefined): boolean => Object.keys((partOf(page?.d, 'l') as object) ?? {}).length === 0;
