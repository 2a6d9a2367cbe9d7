import type * as z from 'zod';
import { compactIdentifier, type Identifier, parseCompact } from '../identity/identifier.ts';
import { setManually, type Writing } from '../reconcile/manual.ts';
import { clearable } from '../shared/clearable.ts';
import type { Asset } from './asset.ts';
import { identifiersByHand, isAsserted, keyedFactsOf, readIdentifiers } from './asset-identifiers.ts';
import { AssetFacts } from './asset-view.ts';

/** What a person may change of an asset. Status, binding and what the server made are not among it. */
export const AssetPatch = clearable(AssetFacts.shape).meta({ id: 'AssetPatch' });
export type AssetPatch = z.output<typeof AssetPatch>;

/** `claims`: identifiers that the asset has now; `releases`: those that nobody calls it by any more. */
export type AssetEdit = { asset: Asset; claims: Identifier[]; releases: Identifier[] };

/**
 * The asset after an edit by hand. A changed serial or tag takes its claim along, and so does a changed manufacturer or company,
 * which qualify them. Throws `unprocessable` for a serial or tag that names nothing.
 */
export const editAsset = (asset: Asset, patch: AssetPatch, writing: Writing): AssetEdit => {
  readIdentifiers(keyedFactsOf(patch));
  const facets = setManually(asset.facets, patch, writing);
  const before = identifiersByHand(asset.facets);
  const after = identifiersByHand(facets);
  const releases = before.filter((one) => !has(after, one) && !isAsserted(facets, one));
  const released = releases.map(compactIdentifier);
  const kept = asset.identifiers.filter((compact) => !released.includes(compact));
  const claims = after.filter((one) => !kept.some((compact) => sameThing(compact, one)));
  const identifiers = [...new Set([...kept, ...claims.map(compactIdentifier)])].sort();
  return { asset: { ...asset, facets, identifiers }, claims, releases };
};

const has = (list: readonly Identifier[], one: Identifier): boolean =>
  list.some((other) => compactIdentifier(other) === compactIdentifier(one));

/** The same type and value, whatever the qualifier. */
const sameThing = (compact: string, { type, value }: Identifier): boolean => {
  const other = parseCompact(compact);
  return other.type === type && other.value === value;
};
