import { Asset } from '../../domain/asset/asset.ts';
import { assetValues } from '../../domain/asset/asset-view.ts';
import type { IndexName } from '../store/contracts.ts';
import { defineEntity } from '../store/entity.ts';
import { shardOf } from '../store/shard.ts';
import { thingPacking } from '../store/thing-packing.ts';

/** The facets that assets are listed by, each an index of its own. A holder has few assets, so that one partition does. */
export const assetFacets = ['location', 'holder', 'costCentre', 'model'] as const satisfies readonly IndexName[];
export type AssetFacet = (typeof assetFacets)[number];

/** The partition of a facet's value. Values are compared without regard to case. */
export const facetPartition = (facet: AssetFacet, value: string, shard: number): string =>
  facet === 'holder' ? `holder#${value.toLowerCase()}` : `${facet}#${value.toLowerCase()}#${shard}`;

/** Where assets that are lost or stolen are listed: a few, so that a run reads all of them at once. */
export const lostAssetPartition = 'lost-assets';

export const assetListPartition = (shard: number): string => `assets#${shard}`;

export const assetEntity = defineEntity<Asset, string>({
  name: 'asset',
  schema: Asset,
  tracked: true,
  id: ({ assetId }) => assetId,
  key: (assetId) => ({ pk: assetId, sk: '#' }),
  indexes: (asset) => {
    const shard = shardOf(asset.assetId);
    const sk = `${asset.status}#${asset.assetId}`;
    if (asset.mergedInto !== undefined) return { list: { pk: assetListPartition(shard), sk } };
    const values = assetValues(asset);
    const facets = assetFacets.flatMap((facet) => {
      const value = values[facet];
      return value === undefined || value === '' ? [] : [[facet, { pk: facetPartition(facet, value, shard), sk }]];
    });
    const isLost = asset.status === 'lost' || asset.status === 'stolen';
    const lost = { pk: lostAssetPartition, sk: `${asset.assetId}#${asset.binding?.ciId ?? ''}` };
    return {
      list: { pk: assetListPartition(shard), sk },
      ...(isLost ? { inverse: lost } : {}),
      ...Object.fromEntries(facets),
    };
  },
  movedTo: ({ mergedInto }) => mergedInto,
  packing: thingPacking,
  chart: 'what is owned; listed by status, location, holder, cost centre and model as shown',
});
