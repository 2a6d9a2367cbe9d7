import type { RelationshipType } from '../relationship/relationship-types.ts';
import { type Card, endsOf, goesBothWays, type Link, type Surroundings } from './link.ts';
import { restoreWalk, saveWalk, type WalkState } from './walk-state.ts';

/** How a walk came to a CI: from `ciId`, along this relationship. */
export type Via = { ciId: string; relationshipId: string; type: RelationshipType };

/** An edge as it was walked: `source` is the end the walk came from. */
export type WalkedEdge = Omit<Link, 'neighbour' | 'outward'> & {
  from: string;
  to: string;
  source: string;
  target: string;
};

export type WalkOptions = {
  roots: readonly string[];
  /** How many levels below the roots, or below where the walk stopped for its depth. */
  depth: number;
  /** How many CIs one answer adds at most. */
  limit: number;
  /** No further CI is opened when one answer has this many edges. */
  mostEdges: number;
  types?: readonly RelationshipType[] | undefined;
};

export type Walk = ReturnType<typeof startWalk>;

/**
 * Breadth-first search that is fed: `frontier` says whose surroundings it wants next (one level, or what is left of it), `absorb` takes
 * them. Level by level, each level in the order of its parents and then of ids, so that the same graph is always walked the same way.
 * A CI is added once, so that cycles end. A CI that has neighbours beyond depth or limit stays open: `isTruncated` then, and `save` gives
 * the state from which a walk with the same options goes on; all answers together have every CI and every edge once.
 */
export const startWalk = ({ roots, depth, limit, mostEdges, types }: WalkOptions, saved?: WalkState) => {
  const known = saved === undefined ? undefined : restoreWalk(saved);
  const ids = known?.ids ?? [...new Set(roots)];
  const depths = known?.depths ?? ids.map(() => 0);
  const index = new Map(ids.map((ciId, n) => [ciId, n]));
  /** CIs that are not done, each with the number of CIs that were known when its edges were last told. */
  const open = known?.open ?? new Map(ids.map((_, n) => [n, 0]));
  const before = new Map(open);
  const first = ids.length;
  const until =
    known === undefined
      ? depth
      : [...open.keys()].some((n) => (depths[n] ?? 0) < known.until)
        ? known.until
        : known.until + depth;
  let pending = [...open.keys()].sort((a, b) => a - b);
  const cards = new Map<string, Card>();
  const via = new Map<string, Via>();
  const edges = new Map<string, WalkedEdge>();
  let reads = 0;

  const isFull = () => ids.length - first >= limit || edges.size >= mostEdges;

  const frontier = (): string[] => {
    if (isFull()) pending = pending.filter((n) => n >= first);
    const level = depths[pending[0] ?? 0];
    const wanted = isFull() ? pending : pending.filter((n) => depths[n] === level);
    return wanted.map((n) => ids[n] ?? '');
  };

  const add = (parent: number, { neighbour, relationshipId, type }: Link): number => {
    const n = ids.push(neighbour) - 1;
    depths.push((depths[parent] ?? 0) + 1);
    index.set(neighbour, n);
    open.set(n, 0);
    pending.push(n);
    via.set(neighbour, { ciId: ids[parent] ?? '', relationshipId, type });
    return n;
  };

  /** Told in an earlier answer, from here or, along an edge that goes both ways, from the other end. */
  const isTold = (n: number, target: number, { type }: Link): boolean => {
    if (target < (before.get(n) ?? 0)) return true;
    return target < first && goesBothWays(type) && (before.get(target) ?? Number.POSITIVE_INFINITY) > n;
  };

  const expand = (n: number, ciId: string, links: readonly Link[]): void => {
    let isCut = false;
    for (const link of [...links].sort(inOrder)) {
      if (types !== undefined && !types.includes(link.type)) continue;
      const isNew = !index.has(link.neighbour);
      if (isNew && ((depths[n] ?? 0) >= until || ids.length - first >= limit)) {
        isCut = true;
        continue;
      }
      const target = index.get(link.neighbour) ?? add(n, link);
      if (isTold(n, target, link) || edges.has(link.relationshipId)) continue;
      const { neighbour, outward, ...rest } = link;
      edges.set(link.relationshipId, { ...rest, ...endsOf(ciId, link), source: ciId, target: neighbour });
    }
    if (isCut) open.set(n, ids.length);
    else open.delete(n);
  };

  const absorb = (level: readonly Surroundings[]): void => {
    const done = new Set(level.map(({ ciId }) => index.get(ciId)));
    pending = pending.filter((n) => !done.has(n));
    reads += level.length;
    for (const { ciId, card, links } of level) {
      if (card !== undefined) cards.set(ciId, card);
      if (edges.size < mostEdges) expand(index.get(ciId) ?? 0, ciId, links);
    }
  };

  return {
    frontier,
    absorb,
    cards,
    /** The edges of this answer; both ends are of this answer or of one before. */
    edges: () => [...edges.values()],
    /** The CIs of this answer, nearest first, without the roots. */
    nodes: () =>
      ids.slice(first).map((ciId, n) => ({ ciId, depth: depths[first + n] ?? 0, via: via.get(ciId) as Via })),
    isTruncated: () => open.size > 0,
    reads: () => reads,
    /** Those that were known to fail in an earlier answer. */
    failed: known?.failed ?? [],
    save: (failed: ReadonlySet<string>): WalkState => saveWalk({ ids, depths, open, until, failed, index }),
  };
};

const inOrder = (a: Link, b: Link): number => {
  if (a.neighbour !== b.neighbour) return a.neighbour < b.neighbour ? -1 : 1;
  return a.relationshipId < b.relationshipId ? -1 : 1;
};
