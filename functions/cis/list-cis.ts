import type { Ci } from '../../domain/ci/ci.ts';
import { ciValues, showCi } from '../../domain/ci/ci-view.ts';
import { classPrefix } from '../../domain/ci/class-name.ts';
import type { Viewing } from '../../domain/reconcile/decide-value.ts';
import { momentOf } from '../http/as-of.ts';
import type { ApiContext, RequestScope } from '../http/serve.ts';
import { placeNamed } from '../model/read-class.ts';
import { viewingAsOf } from '../reconciliation/read-viewing.ts';
import { listShards } from '../store/contracts.ts';
import { readList } from '../store/read-list.ts';
import { ciEntity, ciListPartition } from './entity.ts';
import type { CiQuery } from './operations.ts';

/**
 * One page of CIs, of a class and of those below it. The list knows present classes only: for a past moment every CI is looked at as it was then, in the order of the
 * present list.
 */
export const listCis = async (
  query: CiQuery,
  scope: Pick<RequestScope & ApiContext, 'table' | 'principal' | 'cursor' | 'now'>,
) => {
  const { table, principal, cursor } = scope;
  const viewing = await viewingAsOf(scope, query);
  const asOf = momentOf(query, scope.now);
  const below =
    query.class === undefined
      ? ''
      : classPrefix(await placeNamed({ table, tenant: principal.tenant }, query.class, '#/query/class'));
  const { found, next } = await readList(table, {
    tenant: principal.tenant,
    entity: ciEntity,
    index: 'list',
    partitions: Array.from({ length: listShards }, (_, shard) => ciListPartition(shard)),
    prefix: below === '' || asOf !== undefined ? undefined : below,
    after: query.cursor === undefined ? undefined : String(cursor.open(query.cursor)),
    limit: query.limit,
    asOf,
    idOf: (sortKey) => sortKey.slice(sortKey.indexOf('#') + 1),
    keep: ({ value }) =>
      value.mergedInto === undefined &&
      classPrefix(value).startsWith(below) &&
      (query.status === undefined || query.status === value.status) &&
      showsAsAsked(value, query, viewing),
  });
  const items = found.map((stored) => showCi(stored, viewing));
  return next === undefined ? { items } : { items, nextCursor: cursor.seal(next) };
};

const shownFacts = ['owner', 'supportGroup', 'environment', 'criticality'] as const;

const showsAsAsked = (ci: Ci, query: CiQuery, viewing: Viewing): boolean => {
  const asked = shownFacts.filter((fact) => query[fact] !== undefined);
  if (asked.length === 0) return true;
  const { facts } = ciValues(ci, viewing);
  return asked.every((fact) => facts[fact]?.toLowerCase() === query[fact]?.toLowerCase());
};
