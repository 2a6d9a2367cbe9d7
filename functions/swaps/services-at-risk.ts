import { ciClasses } from '../../domain/ci/ci-classes.ts';
import { ciValues } from '../../domain/ci/ci-view.ts';
import { failurePaths, goesBothWays } from '../../domain/graph/link.ts';
import type { Viewing } from '../../domain/reconcile/decide-value.ts';
import type { Relationship } from '../../domain/relationship/relationship.ts';
import { ciEntity } from '../cis/entity.ts';
import { relationshipsAt } from '../relationships/relationships-at.ts';
import type { Table } from '../store/table.ts';

const deepest = 5;
const mostNodes = 200;
const mostEdgesOfOne = 200;

/**
 * The services that depend on any of these CIs, nearest first: breadth-first over open relationships along which failure travels, five
 * steps deep and 200 CIs wide. A mere connection puts nothing at risk, and redundancy is not asked about: `GET /cis/{ciId}/impact` does. `truncated`: there may be more.
 */
export const servicesAtRisk = async (table: Table, tenant: string, roots: readonly string[], viewing: Viewing) => {
  const depths = new Map(roots.map((ciId) => [ciId, 0]));
  let frontier = [...roots];
  let truncated = false;
  for (let depth = 1; depth <= deepest && frontier.length > 0; depth += 1) {
    const sides = await Promise.all(
      (['in', 'out'] as const).map((side) => relationshipsAt(table, tenant, frontier, side, undefined, mostEdgesOfOne)),
    );
    const found = sides.flatMap(({ relationships }) => relationships.map(({ value }) => value));
    const next = dependantsOf(found, frontier).filter((ciId) => !depths.has(ciId));
    const room = mostNodes - depths.size;
    truncated ||= next.length > room || sides.some((side) => side.truncated);
    frontier = next.slice(0, Math.max(0, room));
    for (const ciId of frontier) depths.set(ciId, depth);
  }
  truncated ||= frontier.length > 0;
  return { services: await describe(table, tenant, depths, viewing), truncated };
};

const dependantsOf = (edges: readonly Relationship[], carriers: readonly string[]): string[] => {
  const failed = new Set(carriers);
  const decisive = edges.filter(({ type }) => !goesBothWays(type));
  const paths = decisive.flatMap(failurePaths).filter(({ carrier }) => failed.has(carrier));
  return [...new Set(paths.map(({ dependant }) => dependant))].sort();
};

const describe = async (table: Table, tenant: string, depths: ReadonlyMap<string, number>, viewing: Viewing) => {
  const items = await table.getMany([...depths.keys()].map((ciId) => ciEntity.keyOf(tenant, ciId)));
  return items
    .map((item) => ciEntity.fromItem(item).value)
    .filter((ci) => ciClasses[ci.class].layer === 'service')
    .map((ci) => {
      const { name, criticality } = ciValues(ci, viewing).facts;
      return { ciId: ci.ciId, class: ci.class, depth: depths.get(ci.ciId) ?? 0, name, criticality };
    })
    .sort((a, b) => a.depth - b.depth || (a.ciId < b.ciId ? -1 : 1));
};
