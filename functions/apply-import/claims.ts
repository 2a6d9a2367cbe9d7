import { claimKeyOf, type Identifier, identifierTypes } from '../../domain/identity/identifier.ts';
import type { KnownPair } from '../../domain/import/record-input.ts';
import { sameContent } from '../../domain/shared/canonical.ts';
import type { Claim, ClaimHolder } from '../lookup/entity.ts';
import { mayBeClaimed } from './load-state.ts';
import type { State } from './state.ts';

/** More holders than this of one value (a dock's address, a default name) tell nothing any more. */
const mostHolders = 16;

/**
 * The claims that must change so that every identifier of the record is held by its device. Hardware identifiers are held by the
 * asset when there is one, logical ones by the CI. A device that identity kept apart from the present holders joins them.
 */
export const claimsToChange = (state: State, identifiers: readonly Identifier[], pair: KnownPair): Claim[] => {
  const changed = new Map<string, Claim>();
  for (const identifier of identifiers.filter(mayBeClaimed)) {
    const claimKey = claimKeyOf(identifier);
    const mine = holderFor(identifier, pair);
    const holders = (changed.get(claimKey) ?? state.claims.get(claimKey)?.value)?.holders ?? [];
    const at = holders.findIndex((holder) => isSameDevice(holder, pair));
    const { qualifier } = holders[at] ?? {};
    const kept = { ...(qualifier === undefined ? {} : { qualifier }), ...mine };
    const next = at < 0 ? [...holders, mine] : holders.with(at, kept);
    if (next.length > mostHolders || sameContent(holders, next)) continue;
    changed.set(claimKey, { claimKey, holders: next });
  }
  return [...changed.values()];
};

const holderFor = ({ type, qualifier }: Identifier, { asset, ci }: KnownPair): ClaimHolder => {
  const hardware = identifierTypes[type].owner === 'hardware';
  const byAsset = asset !== undefined && (hardware || ci === undefined);
  return {
    ...(byAsset ? { assetId: asset.assetId } : ci === undefined ? {} : { ciId: ci.ciId }),
    ...(qualifier === undefined ? {} : { qualifier }),
  };
};

const isSameDevice = (holder: ClaimHolder, { asset, ci }: KnownPair): boolean =>
  (holder.assetId !== undefined && holder.assetId === asset?.assetId) ||
  (holder.ciId !== undefined && holder.ciId === ci?.ciId);
