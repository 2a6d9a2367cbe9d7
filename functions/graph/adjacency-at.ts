import { failurePaths, type Link, type Neighbours } from '../../domain/graph/link.ts';
import type { Relationship } from '../../domain/relationship/relationship.ts';
import { relationshipsAt } from '../relationships/relationships-at.ts';
import type { Table } from '../store/table.ts';

/** Edges of one CI that are looked at, open or closed: a hub with more is cut, and the answer says so. */
const mostEdges = 20_000;

/** `isCut`: some CI had more edges than are looked at. */
export type PastNeighbours = { neighbours: Neighbours; isCut: () => boolean };

/**
 * The surroundings of CIs as they were at a moment (UTC, milliseconds), from the relationships themselves and their history: the relay's
 * pages know the present only. Two queries for a CI (the edges that lead from it and to it), 25 CIs beside each other, and one read more for each
 * edge that changed since.
 */
export const readAdjacencyAt = (table: Table, tenant: string, asOf: string): PastNeighbours => {
  let cut = false;
  const neighbours: Neighbours = async (ids, direction) => {
    const sides = await Promise.all(
      (['out', 'in'] as const).map((side) => relationshipsAt(table, tenant, ids, side, asOf, mostEdges)),
    );
    cut ||= sides.some(({ truncated }) => truncated);
    const links = new Map(ids.map((ciId) => [ciId, new Map<string, Link>()]));
    for (const { value } of sides.flatMap(({ relationships }) => relationships)) {
      for (const { carrier, dependant } of failurePaths(value)) {
        const [ciId, neighbour] = direction === 'downstream' ? [carrier, dependant] : [dependant, carrier];
        links.get(ciId)?.set(value.relationshipId, linkOf(ciId, neighbour, value));
      }
    }
    return ids.map((ciId) => ({ ciId, links: [...(links.get(ciId)?.values() ?? [])] }));
  };
  return { neighbours, isCut: () => cut };
};

const linkOf = (ciId: string, neighbour: string, { relationshipId, type, from, attributes }: Relationship): Link => ({
  neighbour,
  relationshipId,
  type,
  outward: from === ciId,
  ...(attributes === undefined ? {} : { attributes }),
});
