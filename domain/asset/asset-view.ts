import * as z from 'zod';
import { ItamFacts } from '../discovery/facts.ts';
import { ShownIdentifier, showIdentifier } from '../identity/shown-identifier.ts';
import { type Candidates, candidatesIn } from '../reconcile/candidates.ts';
import { byDefaultRules, decideAll, type Viewing } from '../reconcile/decide-value.ts';
import { FacetSource, type Shown, sourcesOf } from '../reconcile/view.ts';
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
  mergedInto: AssetId.optional(),
  version: z.int().positive(),
  createdAt: Timestamp,
  updatedAt: Timestamp,
}).meta({ id: 'Asset' });
export type AssetView = z.infer<typeof AssetView>;

/** What every source says of each fact of an asset. */
export const assetCandidates = ({ facets }: Pick<Asset, 'facets'>): Candidates =>
  candidatesIn(facets, AssetFacts.shape, false);

/**
 * The shown values alone. By the default rules they are what index keys and the qualifiers of identifiers are made of: those are
 * written once and neither follow a later change of the rules nor the clock, so tenants have no say in the facts that assets are
 * listed by (`indexedAssetFacts`).
 */
export const assetValues = (asset: Pick<Asset, 'facets'>, { rules, now }: Viewing = byDefaultRules): AssetFacts => {
  const decided = decideAll(assetCandidates(asset), rules.rulesFor('asset'), now);
  return Object.fromEntries([...decided].map(([fact, { value }]) => [fact, value])) as AssetFacts;
};

/** The view of a stored asset, by the rules of its tenant. */
export const showAsset = ({ value, version, change }: Shown<Asset>, viewing: Viewing = byDefaultRules): AssetView => ({
  ...assetValues(value, viewing),
  assetId: value.assetId,
  kind: value.kind,
  status: value.status,
  ...(value.binding === undefined ? {} : { ciId: value.binding.ciId, bindingId: value.binding.bindingId }),
  identifiers: value.identifiers.map(showIdentifier),
  sources: sourcesOf(value.facets),
  ...(value.mergedInto === undefined ? {} : { mergedInto: value.mergedInto }),
  version,
  createdAt: value.createdAt,
  updatedAt: change?.at ?? value.createdAt,
});
