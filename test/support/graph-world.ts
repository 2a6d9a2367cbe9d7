import fc from 'fast-check';
import { failurePaths, type Neighbours } from '../../domain/graph/link.ts';
import type { Relationship } from '../../domain/relationship/relationship.ts';
import { type RelationshipType, relationshipTypes } from '../../domain/relationship/relationship-types.ts';
import { digest } from '../../functions/shared/digest.ts';

export type TestEdge = Pick<Relationship, 'relationshipId' | 'type' | 'from' | 'to' | 'attributes'>;

/** The id of the nth CI; ids are in another order than numbers. */
export const ciNumber = (n: number): string => `ci_${digest(`ci ${n}`).slice(0, 26)}`;

export const testEdge = (from: string, type: RelationshipType, to: string, group?: string, need = 1): TestEdge => ({
  relationshipId: `rel_${from.slice(3)}_${digest(`${from} ${type} ${to}`).slice(0, 12)}`,
  type,
  from,
  to,
  ...(group === undefined ? {} : { attributes: { group, need } }),
});

/** A graph in memory, walked through the port that the table's pages are walked through. */
export const neighboursIn =
  (edges: readonly TestEdge[]): Neighbours =>
  async (ids, direction) =>
    ids.map((ciId) => ({
      ciId,
      links: edges.flatMap(({ relationshipId, type, from, to, attributes }) =>
        failurePaths({ type, from, to }).flatMap(({ carrier, dependant }) => {
          const [own, neighbour] = direction === 'downstream' ? [carrier, dependant] : [dependant, carrier];
          return own === ciId ? [{ neighbour, relationshipId, type, outward: from === ciId, attributes }] : [];
        }),
      ),
    }));

const types = Object.keys(relationshipTypes) as RelationshipType[];

/** Small graphs of every kind: cycles, parallel edges of several types, hubs, CIs without edges, and groups that may overlap or ask too much. */
export const graphs = fc
  .record({
    size: fc.integer({ min: 1, max: 12 }),
    wires: fc.array(
      fc.record({
        from: fc.nat(11),
        to: fc.nat(11),
        type: fc.constantFrom(...types),
        group: fc.option(fc.constantFrom('a', 'b'), { nil: undefined, freq: 1 }),
        need: fc.integer({ min: 1, max: 4 }),
      }),
      { maxLength: 40 },
    ),
  })
  .map(({ size, wires }) => {
    const cis = Array.from({ length: size }, (_, n) => ciNumber(n));
    const edges = wires.flatMap(({ from, to, type, group, need }) => {
      const [a, b] = [ciNumber(from % size), ciNumber(to % size)];
      const isDirected = ['from', 'to'].includes(relationshipTypes[type].suffers);
      return a === b ? [] : [testEdge(a, type, b, isDirected ? group : undefined, need)];
    });
    return { cis, edges: [...new Map(edges.map((edge) => [edge.relationshipId, edge])).values()] };
  });
