import * as z from 'zod';
import { ItamFacts } from '../discovery/record.ts';
import { ShownIdentifier, showIdentifier } from '../identity/shown-identifier.ts';
import { assetAuthority } from '../reconcile/authority.ts';
import { FacetSource, type Shown, showFacts, sourcesOf } from '../reconcile/view.ts';
import { AssetId, BindingId, CiId } from '../shared/id.ts';
import { Timestamp } from '../shared/time.ts';
import { Asset } from './asset.ts';

/** Every fact of an asset that is shown, whichever source it comes from. The status is not among them: only transitions move it. */
export const AssetFacts = ItamFacts.omit({ status: true }).extend({
  assetTag: z.string().min(1).max(200).optional(),
  serial: z.string().min(1).max(200).optional(),
});
export type AssetFacts = z.infer<typeof AssetFacts>;

/** An asset as the API shows it. */
export const AssetView = AssetFacts.extend({
  assetId: AssetId,
  kind: Asset.shape.kind,
  status: Asset.shape.status,
  ciId: CiId.optional(),
  bindingId: BindingId.optional(),
  identifiers: z.array(ShownIdentifier),
  sources: z.array(FacetSource),
  version: z.int().positive(),
  createdAt: Timestamp,
  updatedAt: Timestamp,
}).meta({ id: 'Asset' });
export type AssetView = z.infer<typeof AssetView>;

/** The shown values alone: what index keys and filters are made of. */
export const assetValues = ({ facets }: Pick<Asset, 'facets'>): AssetFacts =>
  showFacts(facets, AssetFacts, assetAuthority);

/** The view of a stored asset. */
export const showAsset = ({ value, version, change }: Shown<Asset>): AssetView => ({
  ...assetValues(value),
  assetId: value.assetId,
  kind: value.kind,
  status: value.status,
  ...(value.binding === undefined ? {} : { ciId: value.binding.ciId, bindingId: value.binding.bindingId }),
  identifiers: value.identifiers.map(showIdentifier),
  sources: sourcesOf(value.facets),
  version,
  createdAt: value.createdAt,
  updatedAt: change?.at ?? value.createdAt,
});
