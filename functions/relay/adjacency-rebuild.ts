import { endsOf } from '../../domain/graph/link.ts';
import { adjacencyEntity, ways } from '../graph/entity.ts';
import { inwardPrefix, outwardPrefix, relationshipEntity } from '../relationships/entity.ts';
import { ofTenant } from '../store/entity.ts';
import type { Item, Query, Table } from '../store/table.ts';
import { edgeRef, placesOf } from './adjacency.ts';
import { renewCards } from './adjacency-cards.ts';
import { placeEdges } from './adjacency-place.ts';
import type { EdgeRef } from './adjacency-shelf.ts';

const group = 100;

/**
 * Makes the pages of one CI anew from its relationship items: entries that are missing come, entries without an open relationship go. It can run
 * beside the relay, because it goes the same way; what it is not told by the lagging inverse index, the pages themselves tell.
 * For pages that were lost, and for relationships that are older than the pages.
 */
export const rebuildAdjacency = async (table: Table, tenant: string, ciId: string): Promise<void> => {
  const pk = ofTenant(tenant, ciId);
  const own = await readAll(table, { pk, prefix: outwardPrefix });
  const inverse = await readAll(table, { index: 'inverse', pk, prefix: inwardPrefix });
  const pages = (await Promise.all(ways.map((way) => readAll(table, { pk, prefix: `J#${way}#` })))).flat();
  const edges = new Map<string, EdgeRef>();
  for (const link of pages.flatMap((item) => adjacencyEntity.fromItem(item).value.links)) {
    edges.set(link.relationshipId, { ...link, ...endsOf(ciId, link), tenant, version: Number.POSITIVE_INFINITY });
  }
  for (const item of [...own, ...(await table.getMany(inverse))]) {
    const { value } = relationshipEntity.fromItem(item);
    edges.set(value.relationshipId, edgeRef(tenant, value, Number.POSITIVE_INFINITY));
  }
  const places = [...edges.values()].flatMap(placesOf).filter(({ shelf }) => shelf.ciId === ciId);
  for (let n = 0; n < places.length; n += group) await placeEdges(table, places.slice(n, n + group));
  await renewCards(table, [{ tenant, ciId }]);
};

const readAll = async (table: Table, query: Omit<Query, 'limit'>): Promise<Item[]> => {
  const items: Item[] = [];
  let after: Query['after'];
  do {
    const page = await table.query({ ...query, limit: 500, ...(after === undefined ? {} : { after }) });
    items.push(...page.items);
    after = page.last;
  } while (after !== undefined);
  return items;
};
