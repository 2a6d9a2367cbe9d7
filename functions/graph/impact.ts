import type { Direction } from '../../domain/graph/link.ts';
import type { Walk, WalkedEdge } from '../../domain/graph/walk.ts';
import type { RelationshipType } from '../../domain/relationship/relationship-types.ts';
import { canonical } from '../../domain/shared/canonical.ts';
import type { ApiContext, RequestScope } from '../http/serve.ts';
import { viewingAsOf } from '../reconciliation/read-viewing.ts';
import { digest } from '../shared/digest.ts';
import type { ImpactNode } from './answers.ts';
import { shownOf } from './card-of.ts';
import type { Estate } from './estate.ts';
import { assetFacts, fillCards, readAssets } from './hydrate.ts';
import { startMeter } from './meter.ts';
import { findWalk, keepWalk } from './walk-entity.ts';
import { walkGraph } from './walk-graph.ts';

/** With nodes of some 300 and edges of 170 characters an answer of 5,000 nodes stays below the 6 MB that Lambda answers with. */
const edgesPerNode = 3;

export type Question = {
  roots: readonly string[];
  direction: Direction;
  depth: number;
  limit: number;
  types?: readonly RelationshipType[] | undefined;
  include?: 'asset' | undefined;
  cursor?: string | undefined;
};

export type Scope = RequestScope & ApiContext;

/**
 * One answer about what suffers from the roots, or what they need, in the estate as of now or of a past moment. Throws `not-found` for a root
 * that does not exist, or did not then.
 */
export const assessImpact = async ({ cursor, include, ...asked }: Question, estate: Estate, scope: Scope) => {
  const { table, principal, clock } = scope;
  const spent = startMeter(table.meter);
  const { asOf, neighbours, atOnce } = estate;
  const question = digest(canonical({ ...asked, asOf }));
  const { tenant } = principal;
  const saved = cursor === undefined ? undefined : await findWalk(table, tenant, question, scope.cursor.open(cursor));
  const request = { ...asked, neighbours, atOnce, clock, mostEdges: asked.limit * edgesPerNode };
  const { walk, failed } = await walkGraph(request, saved);
  const found = walk.nodes();
  await fillCards(scope, walk.cards, {
    asked: saved === undefined ? asked.roots : [],
    shown: found.map(({ ciId }) => ciId),
    asOf,
  });
  const nodes = found.map((node) => nodeOf(node, walk, asked.direction === 'downstream' ? failed : undefined));
  const position = walk.isTruncated() ? await keepWalk({ ...scope, tenant }, question, walk.save(failed)) : undefined;
  return {
    nodes: include === 'asset' ? await withAssets(scope, nodes, asOf) : nodes,
    edges: walk.edges().map(edgeOf),
    truncated: position !== undefined || estate.isCut(),
    ...(position === undefined ? {} : { nextCursor: scope.cursor.seal(position) }),
    cost: { nodes: walk.reads(), ...spent() },
  };
};

const nodeOf = (
  { ciId, depth, via }: ReturnType<Walk['nodes']>[number],
  { cards }: Walk,
  failed: ReadonlySet<string> | undefined,
): ImpactNode => {
  const card = cards.get(ciId) ?? { name: ciId, class: 'unmanaged' };
  return {
    ciId,
    ...shownOf(card),
    depth,
    via,
    ...(failed === undefined ? {} : { failed: failed.has(ciId) }),
  } as ImpactNode;
};

const edgeOf = ({ relationshipId, type, from, to, attributes }: WalkedEdge) => ({
  relationshipId,
  type,
  from,
  to,
  ...(attributes === undefined ? {} : { attributes }),
});

const withAssets = async (
  scope: Scope,
  nodes: readonly ImpactNode[],
  asOf: string | undefined,
): Promise<ImpactNode[]> => {
  const viewing = await viewingAsOf(scope, { asOf });
  const assetIds = nodes.flatMap(({ assetId }) => assetId ?? []);
  const assets = await readAssets(scope, assetIds, asOf);
  return nodes.map((node) => {
    const stored = node.assetId === undefined ? undefined : assets.get(node.assetId);
    return stored === undefined ? node : { ...node, asset: assetFacts(stored, viewing) };
  });
};
