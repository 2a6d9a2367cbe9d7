import type { Relationship } from '../../domain/relationship/relationship.ts';
import { versionsAt } from '../store/as-of.ts';
import { ofTenant, type Stored } from '../store/entity.ts';
import { readPage } from '../store/read-page.ts';
import type { Item, Table } from '../store/table.ts';
import { inwardPrefix, outwardPrefix, relationshipEntity } from './entity.ts';

const largestPage = 1000;
const atOnce = 25;

/** `truncated`: some CI has more edges than `most`; they are not among these. */
export type RelationshipsAt = { relationships: Stored<Relationship>[]; truncated: boolean };

/**
 * The relationships of CIs that were open at a moment (UTC, milliseconds; undefined: now), as they were then: `out` those that lead from them, `in`
 * those that lead to them. Every edge that ever was lies beside its CI, one item each; only those that changed after the moment cost a
 * read of history more. An edge whose ends are both among the CIs comes once for each direction asked. At most `most` of one CI are read.
 */
export const relationshipsAt = async (
  table: Table,
  tenant: string,
  ciIds: readonly string[],
  direction: 'out' | 'in',
  asOf: string | undefined,
  most = largestPage,
): Promise<RelationshipsAt> => {
  const relationships: Stored<Relationship>[] = [];
  let truncated = false;
  for (let n = 0; n < ciIds.length; n += atOnce) {
    const group = ciIds.slice(n, n + atOnce);
    const pages = await Promise.all(group.map((ciId) => everyEdge(table, ofTenant(tenant, ciId), direction, most)));
    truncated ||= pages.some(({ next }) => next !== undefined);
    const live = pages.flatMap(({ found }) => found).map((item) => relationshipEntity.fromItem(item));
    const then = await versionsAt(table, tenant, relationshipEntity, live, asOf);
    relationships.push(...then.filter((one) => one !== undefined).filter(({ value }) => isOpenAt(value, asOf)));
  }
  return { relationships, truncated };
};

/** Is the edge, as some moment knew it, open at that moment (undefined: as it stands)? */
export const isOpenAt = ({ validFrom, validTo }: Relationship, asOf: string | undefined): boolean =>
  asOf === undefined ? validTo === undefined : validFrom <= asOf && (validTo === undefined || validTo > asOf);

const everyEdge = (table: Table, pk: string, direction: 'out' | 'in', limit: number) =>
  direction === 'out'
    ? readPage(table, { pk, prefix: outwardPrefix, limit }, async (items) => items)
    : readPage(table, { index: 'inverse', pk, prefix: inwardPrefix, limit }, (keys) => wholeOf(table, keys));

/** The items that the keys of an index stand for, in their order. */
export const wholeOf = async (table: Table, keys: readonly Item[]): Promise<(Item | undefined)[]> => {
  const whole = new Map<string, Item>();
  for (const item of await table.getMany(keys)) whole.set(`${item.pk} ${item.sk}`, item);
  return keys.map(({ pk, sk }) => whole.get(`${pk} ${sk}`));
};
