import { showCi } from '../../domain/ci/ci-view.ts';
import { momentOf } from '../http/as-of.ts';
import type { ApiContext, RequestScope } from '../http/serve.ts';
import { viewingAsOf } from '../reconciliation/read-viewing.ts';
import { listShards } from '../store/contracts.ts';
import { readList } from '../store/read-list.ts';
import { ciEntity, ciListPartition } from './entity.ts';
import type { CiQuery } from './operations.ts';

/**
 * One page of CIs. The list knows present classes only: for a past moment every CI is looked at as it was then, in the order of the
 * present list.
 */
export const listCis = async (
  query: CiQuery,
  scope: Pick<RequestScope & ApiContext, 'table' | 'principal' | 'cursor' | 'now'>,
) => {
  const { table, principal, cursor } = scope;
  const viewing = await viewingAsOf(scope, query);
  const asOf = momentOf(query, scope.now);
  const { found, next } = await readList(table, {
    tenant: principal.tenant,
    entity: ciEntity,
    index: 'list',
    partitions: Array.from({ length: listShards }, (_, shard) => ciListPartition(shard)),
    prefix: query.class === undefined || asOf !== undefined ? undefined : `${query.class}#`,
    after: query.cursor === undefined ? undefined : String(cursor.open(query.cursor)),
    limit: query.limit,
    asOf,
    idOf: (sortKey) => sortKey.slice(sortKey.indexOf('#') + 1),
    keep: ({ value }) =>
      value.mergedInto === undefined &&
      (query.class === undefined || query.class === value.class) &&
      (query.status === undefined || query.status === value.status),
  });
  const items = found.map((stored) => showCi(stored, viewing));
  return next === undefined ? { items } : { items, nextCursor: cursor.seal(next) };
};
