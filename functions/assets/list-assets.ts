import { assetValues, showAsset } from '../../domain/asset/asset-view.ts';
import { momentOf } from '../http/as-of.ts';
import type { ApiContext, RequestScope } from '../http/serve.ts';
import { viewingAsOf } from '../reconciliation/read-viewing.ts';
import { listShards } from '../store/contracts.ts';
import { readList } from '../store/read-list.ts';
import { type AssetFacet, assetEntity, assetListPartition, facetPartition } from './entity.ts';
import type { AssetQuery } from './operations.ts';

/** The narrowest first: a holder has few assets, a model may have very many. */
const preferred = ['holder', 'costCentre', 'location', 'model'] as const satisfies readonly AssetFacet[];

/**
 * One page of assets, from the index of the narrowest filter; the other filters are applied to what is shown. Indexes know the present
 * only: for a past moment every asset is looked at as it was then, in the order of the present list.
 */
export const listAssets = async (
  query: AssetQuery,
  scope: Pick<RequestScope & ApiContext, 'table' | 'principal' | 'cursor' | 'now'>,
) => {
  const { table, principal, cursor } = scope;
  const viewing = await viewingAsOf(scope, query);
  const asOf = momentOf(query, scope.now);
  const facet = asOf === undefined ? preferred.find((name) => query[name] !== undefined) : undefined;
  const { found, next } = await readList(table, {
    tenant: principal.tenant,
    entity: assetEntity,
    index: facet ?? 'list',
    partitions: partitionsOf(facet, facet === undefined ? undefined : query[facet]),
    prefix: query.status === undefined || asOf !== undefined ? undefined : `${query.status}#`,
    after: query.cursor === undefined ? undefined : String(cursor.open(query.cursor)),
    limit: query.limit,
    asOf,
    idOf: (sortKey) => sortKey.slice(sortKey.indexOf('#') + 1),
    keep: ({ value }) => {
      if (value.mergedInto !== undefined) return false;
      if (query.status !== undefined && query.status !== value.status) return false;
      const shown = assetValues(value);
      return preferred.every((name) => query[name] === undefined || isAlike(query[name], shown[name]));
    },
  });
  const items = found.map((stored) => showAsset(stored, viewing));
  return next === undefined ? { items } : { items, nextCursor: cursor.seal(next) };
};

const partitionsOf = (facet: AssetFacet | undefined, value = ''): string[] => {
  if (facet === 'holder') return [facetPartition(facet, value, 0)];
  return Array.from({ length: listShards }, (_, shard) =>
    facet === undefined ? assetListPartition(shard) : facetPartition(facet, value, shard),
  );
};

const isAlike = (wanted: string, shown: string | undefined): boolean => wanted.toLowerCase() === shown?.toLowerCase();
