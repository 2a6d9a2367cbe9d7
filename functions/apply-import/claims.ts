import { claimKeyOf, type Identifier, identifierTypes, parseCompact } from '../../domain/identity/identifier.ts';
import type { RecordDecision } from '../../domain/import/decide-record.ts';
import type { KnownPair } from '../../domain/import/record-input.ts';
import { sameContent } from '../../domain/shared/canonical.ts';
import type { Claim, ClaimHolder } from '../lookup/entity.ts';
import { mayBeClaimed } from './load-state.ts';
import { type State, standing } from './state.ts';

/** More holders than this of one value (a dock's address, a default name) tell nothing any more. */
const mostHolders = 16;
const strengths: readonly Identifier['strength'][] = ['strong', 'medium', 'weak'];

/**
 * The claims that must change so that every identifier of the record is held by its device, strongest first. Hardware identifiers are
 * held by the asset when there is one, logical ones by the CI. A device that identity kept apart from the present holders joins them.
 */
export const claimsToChange = (
  state: State,
  identifiers: readonly Identifier[],
  known: KnownPair,
  decided: RecordDecision,
): Claim[] => {
  const own = identifiers
    .filter(mayBeClaimed)
    .sort((a, b) => strengths.indexOf(a.strength) - strengths.indexOf(b.strength));
  const changed: Claim[] = [];
  for (const identifier of own) {
    const claimKey = claimKeyOf(identifier);
    const mine = holderFor(identifier, decided);
    const holders = state.claims.get(claimKey)?.value.holders ?? [];
    const isOwn = (holder: ClaimHolder) => isSameDevice(present(state, holder), decided);
    const at = holders.findIndex(isOwn);
    const { qualifier } = holders[at] ?? {};
    const kept = { ...(qualifier === undefined ? {} : { qualifier }), ...mine };
    const next = at < 0 ? [...holders, mine] : holders.with(at, kept).filter((one, n) => n === at || !isOwn(one));
    if (next.length > mostHolders || sameContent(holders, next)) continue;
    changed.push({ claimKey, holders: next });
  }
  return [...changed, ...handedOver(state, own, known, decided)];
};

/** Hardware identifiers that the CI held while it had no asset, and that this record does not name, go to its asset too. */
const handedOver = (
  state: State,
  own: readonly Identifier[],
  known: KnownPair,
  { asset, ci, binding }: RecordDecision,
) =>
  (binding === undefined ? [] : (known.ci?.identifiers ?? [])).flatMap((compact): Claim[] => {
    const one = parseCompact(compact);
    const claim = state.claims.get(claimKeyOf(one))?.value;
    const at = claim?.holders.findIndex(({ assetId, ciId }) => assetId === undefined && ciId === ci?.ciId) ?? -1;
    const { ciId: _ciId, ...held } = claim?.holders[at] ?? {};
    if (identifierTypes[one.type].owner !== 'hardware' || asset === undefined || claim === undefined || at < 0)
      return [];
    if (own.some((identifier) => claimKeyOf(identifier) === claim.claimKey)) return [];
    return [{ ...claim, holders: claim.holders.with(at, { ...held, assetId: asset.assetId }) }];
  });

const holderFor = ({ type, qualifier }: Identifier, { asset, ci }: KnownPair): ClaimHolder => {
  const hardware = identifierTypes[type].owner === 'hardware';
  const byAsset = asset !== undefined && (hardware || ci === undefined);
  return {
    ...(byAsset ? { assetId: asset.assetId } : ci === undefined ? {} : { ciId: ci.ciId }),
    ...(qualifier === undefined ? {} : { qualifier }),
  };
};

/** A holder by the names it has now: what was merged into another thing holds nothing beside it. */
const present = (state: State, { assetId, ciId, ...rest }: ClaimHolder): ClaimHolder => ({
  ...rest,
  ...(assetId === undefined ? {} : { assetId: standing(state.assets, assetId)?.assetId ?? assetId }),
  ...(ciId === undefined ? {} : { ciId: standing(state.cis, ciId)?.ciId ?? ciId }),
});

const isSameDevice = (holder: ClaimHolder, { asset, ci }: KnownPair): boolean =>
  (holder.assetId !== undefined && holder.assetId === asset?.assetId) ||
  (holder.ciId !== undefined && holder.ciId === ci?.ciId);
