import type { Asset } from '../../domain/asset/asset.ts';
import type { Ci } from '../../domain/ci/ci.ts';
import type { Stored } from '../store/entity.ts';
import { type Holding, sourcesOf } from './move-claims.ts';

type Things = { cis: readonly Stored<Ci>[]; assets: readonly Stored<Asset>[] };

/**
 * What each CI and asset is called now. What was merged into another thing is called nothing any more. Names are unique within the
 * sources that speak of the thing, or of what it is bound to.
 */
export const holdingsOf = ({ cis, assets }: Things): Holding[] => [
  ...cis.flatMap(({ value: ci }) => {
    const { ciId, identifiers, mergedInto, binding } = ci;
    const asset = assets.find(({ value }) => value.assetId === binding?.assetId)?.value;
    return mergedInto === undefined ? [{ holder: { ciId }, identifiers, sources: sourcesOf(ci, asset) }] : [];
  }),
  ...assets.flatMap(({ value: asset }) => {
    const { assetId, identifiers, mergedInto, binding } = asset;
    const ci = cis.find(({ value }) => value.ciId === binding?.ciId)?.value;
    return mergedInto === undefined ? [{ holder: { assetId }, identifiers, sources: sourcesOf(asset, ci) }] : [];
  }),
];
