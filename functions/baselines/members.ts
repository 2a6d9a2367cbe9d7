import type { ServiceScope } from '../../domain/baseline/baseline.ts';
import { type FrozenCi, freezeCi, isInQuery } from '../../domain/baseline/frozen-ci.ts';
import type { Ci } from '../../domain/ci/ci.ts';
import { carryingTypes } from '../../domain/map/layer.ts';
import type { Viewing } from '../../domain/reconcile/decide-value.ts';
import type { Relationship } from '../../domain/relationship/relationship.ts';
import { Problem } from '../../domain/shared/problem.ts';
import { ciEntity, ciListPartition } from '../cis/entity.ts';
import { readAdjacencyAt } from '../graph/adjacency-at.ts';
import { readInWaves } from '../graph/read-in-waves.ts';
import { walkGraph } from '../graph/walk-graph.ts';
import { relationshipsAt } from '../relationships/relationships-at.ts';
import { versionsAt } from '../store/as-of.ts';
import { listShards } from '../store/contracts.ts';
import { readList } from '../store/read-list.ts';
import type { Table } from '../store/table.ts';

/** The most CIs of one baseline; more is refused, never cut. */
export const mostCis = 50_000;
/** CIs of one segment, read and frozen together. */
export const segmentSize = 250;
/** Edges of one CI, on either side; a CI with more is refused, never cut. */
const mostEdges = 10_000;

/** As of which moment, and by which rules, CIs are looked at. */
export type Moment = {
  table: Table;
  tenant: string;
  asOf: string;
  viewing: Viewing;
  clock: () => Date;
  /** Where the classes of a query begin. */
  below: string;
};

/** The CIs of the ids as they were then; those that were not there yet are left out. */
export const readCis = async ({ table, tenant, asOf }: Moment, ids: readonly string[]): Promise<Ci[]> => {
  const items = await readInWaves(
    table,
    ids.map((ciId) => ciEntity.keyOf(tenant, ciId)),
  );
  const found = new Map(items.map((item) => [item.pk, ciEntity.fromItem(item)]));
  const live = ids.map((ciId) => found.get(ciEntity.keyOf(tenant, ciId).pk));
  return (await versionsAt(table, tenant, ciEntity, live, asOf)).flatMap((stored) => stored?.value ?? []);
};

/** One round over a query, in the order of the present list: every CI is looked at as it was then. */
export const nextOfQuery = async (
  { table, tenant, asOf, viewing, below }: Moment,
  scope: Parameters<typeof isInQuery>[1],
  after: string | undefined,
): Promise<{ ids: string[]; next?: string | undefined }> => {
  const { found, next } = await readList(table, {
    tenant,
    entity: ciEntity,
    index: 'list',
    partitions: Array.from({ length: listShards }, (_, shard) => ciListPartition(shard)),
    after,
    limit: segmentSize,
    asOf,
    idOf: (sortKey) => sortKey.slice(sortKey.indexOf('#') + 1),
    keep: ({ value }) => isInQuery(value, scope, viewing, below),
  });
  return { ids: found.map(({ value }) => value.ciId), next };
};

/** A service and all that carries it, as on its map, in order of ids: what is only connected carries nothing. Refused when the walk cannot come to its end in one request. */
export const walkService = async (
  { table, tenant, asOf, clock }: Moment,
  { service, depth = 1000 }: ServiceScope,
): Promise<string[]> => {
  const { neighbours, isCut } = readAdjacencyAt(table, tenant, asOf);
  const direction = 'upstream' as const;
  const { walk } = await walkGraph({
    roots: [service],
    depth,
    limit: mostCis,
    mostEdges: mostCis * 10,
    types: carryingTypes,
    direction,
    neighbours,
    clock,
  });
  const found = walk.nodes();
  const isWhole = !walk.isTruncated() || (depth < 1000 && found.length < mostCis && walk.frontier().length === 0);
  if (isCut() || !isWhole) {
    throw new Problem('unprocessable', `The walk from ${service} does not come to its end in one request.`, {
      fix: 'Give a smaller depth, or a query as scope.',
    });
  }
  return [service, ...found.map(({ ciId }) => ciId)].sort();
};

/** CIs with their open edges, as they were then. */
export const freezeCis = async (moment: Moment, cis: readonly Ci[]): Promise<FrozenCi[]> => {
  const { table, tenant, asOf, viewing } = moment;
  const edges = new Map(cis.map(({ ciId }) => [ciId, new Map<string, Relationship>()]));
  const ids = [...edges.keys()];
  for (const direction of ['out', 'in'] as const) {
    const { relationships, truncated } = await relationshipsAt(table, tenant, ids, direction, asOf, mostEdges);
    if (truncated) {
      throw new Problem('unprocessable', `A CI in scope has more than ${mostEdges} relationships on one side.`, {
        fix: 'Narrow the scope, so that it leaves the hub out.',
      });
    }
    for (const { value } of relationships) {
      edges.get(value.from)?.set(value.relationshipId, value);
      edges.get(value.to)?.set(value.relationshipId, value);
    }
  }
  return cis.map((ci) => freezeCi(ci, [...(edges.get(ci.ciId)?.values() ?? [])], viewing));
};
