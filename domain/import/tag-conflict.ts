import type { Asset } from '../asset/asset.ts';
import type { DiscoveryRecord } from '../discovery/record.ts';
import { facetKey } from '../reconcile/facet.ts';
import { facetOf } from '../reconcile/merge.ts';

/** A book calls one asset by two tags, in two rows: one of them is wrong, or the rows are two assets with one serial typed twice. */
export const conflictingTag = (
  { half, nativeKey, identifiers }: DiscoveryRecord,
  source: string,
  asset: Asset | undefined,
): { code: string; detail: string }[] => {
  const book = half === 'book' && asset !== undefined ? facetOf(asset.facets, facetKey(source, half)) : undefined;
  const other = book?.sections.itam?.values?.assetTag;
  const tag = identifiers.find(({ type }) => type === 'assetTag')?.value.trim();
  if (book === undefined || book.nativeKey === nativeKey || typeof other !== 'string' || !tag || other === tag)
    return [];
  return [{ code: 'conflicting-asset-tag', detail: `The same book calls ${asset?.assetId} ${other} in another row.` }];
};
