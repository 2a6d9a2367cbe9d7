import type { Asset } from '../asset/asset.ts';
import type { Binding } from '../binding/binding.ts';
import type { Ci } from '../ci/ci.ts';
import type { DiscoveryRecord } from '../discovery/record.ts';
import { claimKeyOf, type Identifier } from '../identity/identifier.ts';
import { strongestOf } from '../identity/strongest.ts';
import { facetKey } from '../reconcile/facet.ts';
import { facetOf, type IncomingFacet, staleSections } from '../reconcile/merge.ts';
import { childIdFrom, idFrom } from '../shared/id.ts';
import { assetFacetOf, ciFacetOf } from './incoming.ts';
import { nextAsset, nextCi, speaksOfCi } from './next-state.ts';
import type { KnownPair, RecordInput } from './record-input.ts';

/**
 * The next state of everything one record touches. `said`: what the record itself says of each, whether it is shown or not.
 * `stale`: sections of which its source has said something newer already.
 */
export type RecordDecision = KnownPair & {
  binding?: Binding;
  said: { asset?: IncomingFacet; ci?: IncomingFacet };
  stale: string[];
  warnings: { code: string; detail: string }[];
};

/**
 * One import record fills both halves: what it says of the hardware goes to the asset, what it says of the operated thing to the
 * CI, and where both exist and are free they are bound. Pure and repeatable: equal input gives equal ids and equal state.
 */
export const decideRecord = (input: RecordInput, known: KnownPair): RecordDecision => {
  const { record, print, at, digest } = input;
  const wantsCi = known.ci !== undefined || record.ciClass !== undefined;
  const wantsAsset = known.asset !== undefined || mayMakeAsset(record, input.identifiers);
  const ciFacet = ciFacetOf(record, print, at, digest);
  const assetFacet = assetFacetOf(record, print, at, digest);
  const asset = wantsAsset ? nextAsset(input, known, assetFacet, identityOf('ast', input)) : undefined;
  const ci = wantsCi ? nextCi(input, known.ci, ciFacet, identityOf('ci', input), asset !== undefined) : undefined;
  const bound = bind(input, asset, ci);
  const staleIn = (entity: Asset | Ci | undefined, facet: IncomingFacet) =>
    entity === undefined ? [] : staleSections(facetOf(entity.facets, facetKey(input.source, facet.half)), facet);
  const stale = [...new Set([...staleIn(known.asset, assetFacet), ...staleIn(known.ci, ciFacet)])].sort();
  return {
    ...bound,
    said: {
      ...(asset === undefined ? {} : { asset: assetFacet }),
      ...(ci === undefined || !speaksOfCi(record) ? {} : { ci: ciFacet }),
    },
    stale,
    warnings:
      stale.length === 0
        ? []
        : [{ code: 'stale-observation', detail: `Older than what is known, not applied: ${stale.join(', ')}.` }],
  };
};

/** A book record is an asset by itself; a discovered thing only when it is hardware with an identifier that outlives its software. */
const mayMakeAsset = ({ assetKind, half }: DiscoveryRecord, identifiers: readonly Identifier[]): boolean =>
  assetKind !== undefined &&
  (half === 'book' ||
    identifiers.some(({ type, strength }) => strength === 'strong' && ['serial', 'imei', 'udid'].includes(type)));

/** Deterministic: made of the strongest identifier, else of the source's own name for the thing. */
const identityOf = (
  prefix: 'ci' | 'ast',
  { identifiers, tenant, source, record, digest, salt }: RecordInput,
): string => {
  const strongest = strongestOf(identifiers, record.nature);
  const key =
    strongest === undefined ? ['native', source, record.nativeKey] : [claimKeyOf(strongest), strongest.qualifier ?? ''];
  return idFrom(prefix, digest, tenant, ...key, ...(salt === undefined ? [] : [String(salt)]));
};

const bind = ({ digest, now }: RecordInput, asset: Asset | undefined, ci: Ci | undefined) => {
  if (asset === undefined || ci === undefined || asset.binding !== undefined || ci.binding !== undefined) {
    return { asset, ci };
  }
  const bindingId = childIdFrom('bnd', digest, ci.ciId, asset.assetId, String(asset.bindings));
  const { assetId } = asset;
  const { ciId } = ci;
  return {
    asset: settle({ ...asset, binding: { bindingId, ciId, from: now }, bindings: asset.bindings + 1 }),
    ci: { ...ci, binding: { bindingId, assetId, from: now } },
    binding: { bindingId, assetId, ciId, validFrom: now },
  };
};

/** A bound asset is in use: unless a person or the asset book said otherwise, it is `deployed`. */
const settle = (asset: Asset): Asset =>
  asset.statusSetBy === 'import' && !bookHasStatus(asset) ? { ...asset, status: 'deployed' } : asset;

const bookHasStatus = ({ facets }: Asset): boolean =>
  Object.values(facets).some(({ half, sections }) => half === 'book' && sections.itam?.values?.status !== undefined);
