import fc from 'fast-check';
import { type Direction, failurePaths, type Link, type Neighbours } from '../../domain/graph/link.ts';
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
export const neighboursIn = (edges: readonly TestEdge[]): Neighbours => {
  const links = { downstream: new Map<string, Link[]>(), upstream: new Map<string, Link[]>() };
  const add = (direction: Direction, ciId: string, neighbour: string, { from, to: _to, ...edge }: TestEdge) => {
    const own = links[direction].get(ciId) ?? [];
    links[direction].set(ciId, own);
    own.push({ ...edge, neighbour, outward: from === ciId });
  };
  for (const edge of edges) {
    for (const { carrier, dependant } of failurePaths(edge)) {
      add('downstream', carrier, dependant, edge);
      add('upstream', dependant, carrier, edge);
    }
  }
  return async (ids, direction) => ids.map((ciId) => ({ ciId, links: links[direction].get(ciId) ?? [] }));
};

const types = Object.keys(relationshipTypes) as RelationshipType[];
const directed = ['depends on', 'runs on', 'member of'] as const;

/** Small graphs of every kind: cycles, parallel edges of several types, hubs, CIs without edges, and groups that may overlap or ask too much. */
export const graphs = fc
  .record({
    size: fc.integer({ min: 1, max: 9 }),
    wires: fc.array(
      fc.record({
        from: fc.nat(11),
        to: fc.nat(11),
        type: fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...directed) }, fc.constantFrom(...types)),
        group: fc.option(fc.constantFrom('a', 'b'), { nil: undefined, freq: 2 }),
        need: fc.integer({ min: 1, max: 3 }),
      }),
      { maxLength: 40, size: 'max' },
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
