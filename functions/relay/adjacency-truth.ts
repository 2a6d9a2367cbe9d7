import { ciEntity } from '../cis/entity.ts';
import { cardOf } from '../graph/card-of.ts';
import type { AdjacencyPage } from '../graph/entity.ts';
import type { PageLink } from '../graph/pack-links.ts';
import { relationshipEntity } from '../relationships/entity.ts';
import type { Item, Key, Table } from '../store/table.ts';
import { keyText, type Place, type Shelf } from './adjacency-shelf.ts';

export type Truth = Awaited<ReturnType<typeof readTruth>>;

/** What the table holds now of the edges of these places, and of the CIs whose first page is about to be made. Read after the pages. */
export const readTruth = async (table: Table, places: readonly Place[], fresh: readonly Shelf[]) => {
  const keys = [...places.map(({ edge }) => edgeKey(edge)), ...fresh.map(ciKey)];
  const items = new Map<string, Item>();
  for (const item of await table.getMany(keys, { consistent: true })) items.set(keyText(item), item);

  /** The entry of an edge at this place; nothing when it is closed. */
  const linkFor = ({ shelf, neighbour, edge }: Place): PageLink | undefined => {
    const item = items.get(keyText(edgeKey(edge)));
    if (item === undefined) return undefined;
    const { value, version } = relationshipEntity.fromItem(item);
    if (value.validTo !== undefined) return undefined;
    const { relationshipId, type, from, attributes } = value;
    const link = { neighbour, relationshipId, type, outward: from === shelf.ciId, version };
    return attributes === undefined ? link : { ...link, attributes };
  };

  const cardFor = (shelf: Shelf): AdjacencyPage['card'] => {
    const item = items.get(keyText(ciKey(shelf)));
    return item === undefined ? undefined : cardOf(ciEntity.fromItem(item).value);
  };

  return { linkFor, cardFor };
};

const edgeKey = ({ tenant, relationshipId }: Place['edge']): Key => relationshipEntity.keyOf(tenant, relationshipId);
const ciKey = ({ tenant, ciId }: Pick<Shelf, 'tenant' | 'ciId'>): Key => ciEntity.keyOf(tenant, ciId);
