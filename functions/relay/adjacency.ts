import { type Direction, failurePaths } from '../../domain/graph/link.ts';
import type { Relationship } from '../../domain/relationship/relationship.ts';
import { sameContent } from '../../domain/shared/canonical.ts';
import { ciEntity } from '../cis/entity.ts';
import { cardOf } from '../graph/card-of.ts';
import { wayOf } from '../graph/entity.ts';
import { relationshipEntity } from '../relationships/entity.ts';
import type { Item, Table } from '../store/table.ts';
import { renewCards } from './adjacency-cards.ts';
import { placeEdges } from './adjacency-place.ts';
import type { EdgeRef, Place } from './adjacency-shelf.ts';

type Change = { before: Item | undefined; after: Item };

/**
 * Keeps the packed pages that walks read, from changed relationships and CIs. A record only says which edge or card to look at; what is
 * written is what the table says at that moment, so that records may come twice, late or in any order.
 */
export const keepAdjacency = async (table: Table, changes: readonly Change[]): Promise<void> => {
  const edges = changes.filter(({ after }) => after.e === relationshipEntity.name).map(({ after }) => edgeOf(after));
  if (edges.length > 0) await placeEdges(table, edges.flatMap(placesOf));
  const cis = changes
    .filter(isNewCard)
    .map(({ after }) => ({ tenant: tenantOf(after), ciId: ciEntity.fromItem(after).value.ciId }));
  if (cis.length > 0) await renewCards(table, cis);
};

const edgeOf = (item: Item): EdgeRef => {
  const { value, version } = relationshipEntity.fromItem(item);
  return edgeRef(tenantOf(item), value, version);
};

export const edgeRef = (
  tenant: string,
  { relationshipId, type, from, to }: Relationship,
  version: number,
): EdgeRef => ({
  tenant,
  relationshipId,
  type,
  from,
  to,
  version,
});

/** The pages that an edge belongs to: one with each of its ends, for every way that failure can travel along it. */
export const placesOf = (edge: EdgeRef): Place[] =>
  failurePaths(edge).flatMap(({ carrier, dependant }) => [
    placeOf(edge, 'downstream', carrier, dependant),
    placeOf(edge, 'upstream', dependant, carrier),
  ]);

const placeOf = (edge: EdgeRef, direction: Direction, ciId: string, neighbour: string): Place => ({
  shelf: { tenant: edge.tenant, ciId, way: wayOf(direction) },
  neighbour,
  edge,
});

/** A CI without pages needs none: whoever writes its first page looks up its card. */
const isNewCard = ({ before, after }: Change): boolean =>
  after.e === ciEntity.name &&
  before !== undefined &&
  !sameContent(cardOf(ciEntity.fromItem(before).value), cardOf(ciEntity.fromItem(after).value));

const tenantOf = ({ pk }: Item): string => pk.slice(0, pk.indexOf('#'));
