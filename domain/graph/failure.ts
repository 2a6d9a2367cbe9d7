import type { RelationshipType } from '../relationship/relationship-types.ts';
import { goesBothWays, type Link } from './link.ts';

/** An edge along which failure can travel; `group` when the dependant has other members beside this carrier. */
export type FailureEdge = { carrier: string; dependant: string; type: RelationshipType; group?: string | undefined };

/** The redundancy groups of a CI by name: who carries it, and how many of those it cannot do without. */
export type Groups = ReadonlyMap<string, { members: ReadonlySet<string>; need: number }>;

/** Of all links that a CI depends on, the redundancy groups. Parallel edges to one member count once; the largest `need` counts. */
export const groupsOf = (upstream: readonly Link[]): Groups => {
  const groups = new Map<string, { members: Set<string>; need: number }>();
  for (const { attributes, neighbour } of upstream) {
    if (attributes === undefined) continue;
    const { members, need } = groups.get(attributes.group) ?? { members: new Set(), need: 0 };
    groups.set(attributes.group, { members: members.add(neighbour), need: Math.max(need, attributes.need) });
  }
  return groups;
};

/** Edges by the CI whose failure they carry on; those that only degrade are left out. Made once for many questions. */
export const indexFailures = (edges: Iterable<FailureEdge>): ReadonlyMap<string, readonly FailureEdge[]> => {
  const byCarrier = new Map<string, FailureEdge[]>();
  for (const edge of edges) {
    if (goesBothWays(edge.type)) continue;
    const same = byCarrier.get(edge.carrier);
    if (same === undefined) byCarrier.set(edge.carrier, [edge]);
    else same.push(edge);
  }
  return byCarrier;
};

/**
 * What fails when `roots` fail, the roots included: whoever depends on a failed CI, or has fewer members left in a group than it needs.
 * The smallest such set: a cycle does not fail by itself. A group that is not told counts as not redundant.
 */
export const failuresFrom = (
  roots: Iterable<string>,
  byCarrier: ReadonlyMap<string, readonly FailureEdge[]>,
  groupsFor: (ciId: string) => Groups | undefined,
): Set<string> => {
  const failed = new Set(roots);
  const lost = new Map<string, Set<string>>();
  const survives = ({ carrier, dependant, group }: FailureEdge): boolean => {
    if (group === undefined) return false;
    const known = groupsFor(dependant)?.get(group);
    if (known === undefined) return false;
    const key = `${dependant} ${group}`;
    const gone = lost.get(key) ?? new Set();
    lost.set(key, gone.add(carrier));
    return known.members.size - gone.size >= known.need;
  };
  for (const carrier of failed) {
    for (const edge of byCarrier.get(carrier) ?? [])
      if (!failed.has(edge.dependant) && !survives(edge)) failed.add(edge.dependant);
  }
  return failed;
};
