import type { CiClassName } from '../../domain/ci/ci-classes.ts';
import { groupsOf } from '../../domain/graph/failure.ts';
import type { Neighbours, Surroundings } from '../../domain/graph/link.ts';
import type { WalkedEdge } from '../../domain/graph/walk.ts';
import { itemsFor, type MapCi } from '../../domain/map/collapse.ts';
import { carryingTypes } from '../../domain/map/layer.ts';
import { groupsIn, type MapLink, wiresBetween } from '../../domain/map/wires.ts';
import { estateAt } from '../graph/estate.ts';
import { fillCards } from '../graph/hydrate.ts';
import { startMeter } from '../graph/meter.ts';
import { walkGraph } from '../graph/walk-graph.ts';
import { momentOf } from '../http/as-of.ts';
import type { ApiContext, RequestScope } from '../http/serve.ts';
import { nodesOf } from './map-nodes.ts';
import type { MapQuery } from './operations.ts';
import { summarise } from './summarise.ts';

/** CIs that are read for one map at most. A hub with more of them says how many more there are. */
const mostRead = 3000;
const edgesPerCi = 3;

/** The map below a CI, as of now or of a past moment. Throws `not-found` for a CI that does not exist, or did not then. */
export const buildMap = async (root: string, query: MapQuery, scope: RequestScope & ApiContext) => {
  const asOf = momentOf(query, scope.now);
  const spent = startMeter(scope.table.meter);
  const estate = estateAt(scope, asOf);
  const types = query.types ?? carryingTypes;
  const seen = new Map<string, Surroundings>();
  const remembering: Neighbours = async (ids, direction) => {
    const found = await estate.neighbours(ids, direction);
    for (const { links, ...one } of found)
      seen.set(one.ciId, { ...one, links: links.filter(({ type }) => types.includes(type)) });
    return found;
  };
  const { walk } = await walkGraph({
    roots: [root],
    direction: 'upstream',
    depth: query.depth,
    limit: mostRead,
    mostEdges: mostRead * edgesPerCi,
    types,
    neighbours: remembering,
    atOnce: estate.atOnce,
    clock: scope.clock,
  });
  const found = [{ ciId: root, depth: 0 }, ...walk.nodes()];
  await fillCards(scope, walk.cards, { asked: [root], shown: found.map(({ ciId }) => ciId), asOf });
  const cis = found.map(({ ciId, depth }): MapCi => {
    const ciClass = (walk.cards.get(ciId)?.class ?? 'unmanaged') as CiClassName;
    return { ciId, depth, class: ciClass };
  });
  const links = walk.edges().map(linkOf);
  const items = itemsFor(cis, links, query.maxNodes);
  const edges = wiresBetween(items, links);
  const groups = groupsIn(items, edges, (ciId) => groupsOf(seen.get(ciId)?.links ?? []));
  const nodes = await nodesOf(items, { root, query, asOf, seen, cards: walk.cards }, scope);
  const isCut = walk.isTruncated() || estate.isCut();
  const truncated = isCut || nodes.some(({ kind }) => kind !== 'ci');
  return {
    root,
    ...(asOf === undefined ? {} : { asOf }),
    nodes,
    edges,
    groups,
    truncated,
    summary: summarise(nodes, { read: cis.length, isCut }),
    cost: { nodes: walk.reads(), ...spent() },
  };
};

/** Upstream, a walk comes from the end that needs to the end that carries. */
const linkOf = ({ source, target, type, relationshipId, attributes }: WalkedEdge): MapLink => ({
  dependant: source,
  carrier: target,
  type,
  relationshipId,
  group: attributes?.group,
});
