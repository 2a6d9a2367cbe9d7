import { failuresFrom, type Groups, groupsOf, indexFailures } from '../../domain/graph/failure.ts';
import type { Direction, Neighbours } from '../../domain/graph/link.ts';
import { startWalk, type Walk, type WalkedEdge, type WalkOptions } from '../../domain/graph/walk.ts';
import type { WalkState } from '../../domain/graph/walk-state.ts';

/** Levels that one request reads one after the other (the roots and the deepest depth), and how long it may take: the gateway waits for 30 s. */
const mostLevels = 1001;
const longestMs = 15_000;

type Request = WalkOptions & {
  direction: Direction;
  neighbours: Neighbours;
  clock: () => Date;
  /** Whose surroundings are asked for in one step; the clock is looked at before each. All of a level by default. */
  atOnce?: number | undefined;
};

/**
 * Walks until there is nothing more, or depth, limit, levels or time are used up; whatever is left then stays open. Downstream, `failed`
 * are those that fail with the roots; groups are looked up from the CIs that have them, all at once.
 */
export const walkGraph = async (request: Request, saved?: WalkState): Promise<{ walk: Walk; failed: Set<string> }> => {
  const { direction, neighbours, clock, roots, atOnce = Number.POSITIVE_INFINITY } = request;
  const walk = startWalk(request, saved);
  const deadline = clock().getTime() + longestMs;
  for (let level = 0; level < mostLevels && clock().getTime() < deadline; level += 1) {
    const frontier = walk.frontier();
    if (frontier.length === 0) break;
    for (let n = 0; n < frontier.length && clock().getTime() < deadline; n += atOnce) {
      walk.absorb(await neighbours(frontier.slice(n, n + atOnce), direction));
    }
  }
  if (direction === 'upstream') return { walk, failed: new Set() };
  const edges = walk.edges();
  const groups = await readGroups(request, edges);
  const failed = failuresFrom([...roots, ...walk.failed], indexFailures(edges.map(asFailureEdge)), (ciId) =>
    groups.get(ciId),
  );
  return { walk, failed };
};

/** A member that the walk does not follow, for its type, is no member of the group. */
const readGroups = async (
  { neighbours, types }: Request,
  edges: readonly WalkedEdge[],
): Promise<Map<string, Groups>> => {
  const redundant = [
    ...new Set(edges.filter(({ attributes }) => attributes !== undefined).map(({ target }) => target)),
  ];
  if (redundant.length === 0) return new Map();
  const upstream = await neighbours(redundant, 'upstream');
  return new Map(
    upstream.map(({ ciId, links }) => [ciId, groupsOf(links.filter(({ type }) => types?.includes(type) ?? true))]),
  );
};

const asFailureEdge = ({ source, target, type, attributes }: WalkedEdge) => ({
  carrier: source,
  dependant: target,
  type,
  group: attributes?.group,
});
