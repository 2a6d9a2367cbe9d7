import type { Ci } from '../../domain/ci/ci.ts';
import { claimKeyOf, type Identifier, identifierTypes, parseCompact } from '../../domain/identity/identifier.ts';
import { sameContent } from '../../domain/shared/canonical.ts';
import { Problem, type ProblemError } from '../../domain/shared/problem.ts';
import type { Stored } from '../store/entity.ts';
import type { UnitOfWork } from '../store/unit-of-work.ts';
import { type Claim, type ClaimHolder, claimEntity } from './entity.ts';

type Holder = { assetId: string } | { ciId: string };

/**
 * Stages the claims of a holder: what it has now and what it gives up, in the transaction of the edit. Only identifiers that name a
 * thing by themselves are claimed. Throws `duplicate` with the holder when someone else has one; two holders of one value are
 * accepted when both qualifiers (vendor, company) are known and differ. A claim without holders stays, so that versions only grow.
 */
export const moveClaims = async (
  work: UnitOfWork,
  holder: Holder,
  { claims, releases = [] }: { claims: readonly Identifier[]; releases?: readonly Identifier[] },
): Promise<void> => {
  const claimed = new Map(claims.filter(isNaming).map((one) => [claimKeyOf(one), one]));
  const keys = [...new Set([...claimed.keys(), ...releases.map(claimKeyOf)])].sort();
  const taken: { error: ProblemError; by: string }[] = [];
  for (const [n, stored] of (await Promise.all(keys.map((key) => work.find(claimEntity, key)))).entries()) {
    const claimKey = keys[n] ?? '';
    const others = (stored?.value.holders ?? []).filter((other) => !isSame(other, holder));
    const mine = claimed.get(claimKey);
    const clash = mine === undefined ? undefined : others.find((other) => !differs(other.qualifier, mine.qualifier));
    if (mine !== undefined && clash !== undefined) taken.push(describe(mine, clash));
    stageClaim(work, stored, { claimKey, holders: mine === undefined ? others : [...others, holding(holder, mine)] });
  }
  const [first] = taken;
  if (first === undefined) return;
  throw new Problem('duplicate', `${first.by} has this identity already.`, {
    errors: taken.map(({ error }) => error),
    fix: 'Use that one, or correct the identifier.',
  });
};

const mostTaken = 90;

/**
 * Stages that hardware identifiers which a CI held while it had no asset go to its asset, so that a later swap takes them along.
 * Gives them in compact form. At most 90: a transaction has room for 100 writes.
 */
export const takeClaims = async (work: UnitOfWork, ci: Ci, assetId: string): Promise<string[]> => {
  const hardware = ci.identifiers.filter((one) => identifierTypes[parseCompact(one).type].owner === 'hardware');
  const keys = hardware.map((one) => claimKeyOf(parseCompact(one)));
  const taken: string[] = [];
  for (const [n, stored] of (await Promise.all(keys.map((key) => work.find(claimEntity, key)))).entries()) {
    const held = stored?.value.holders.find((holder) => isSame(holder, { ciId: ci.ciId }));
    if (stored === undefined || held === undefined || taken.length === mostTaken) continue;
    const { ciId: _ciId, ...rest } = held;
    const others = stored.value.holders.filter((holder) => holder !== held && holder.assetId !== assetId);
    stageClaim(work, stored, { ...stored.value, holders: [...others, { ...rest, assetId }] });
    taken.push(hardware[n] ?? '');
  }
  return taken;
};

const stageClaim = (work: UnitOfWork, stored: Stored<Claim> | undefined, claim: Claim): void => {
  if (stored === undefined ? claim.holders.length === 0 : sameContent(stored.value, claim)) return;
  const item = claimEntity.toItem(work.author.tenant, claim, (stored?.version ?? 0) + 1);
  work.stage({ put: item, expect: stored?.version ?? 'absent' });
};

const isNaming = ({ strength }: Identifier): boolean => strength === 'strong' || strength === 'medium';

const isSame = (one: ClaimHolder, holder: Holder): boolean =>
  'assetId' in holder ? one.assetId === holder.assetId : one.assetId === undefined && one.ciId === holder.ciId;

const differs = (a: string | undefined, b: string | undefined): boolean =>
  a !== undefined && b !== undefined && a !== '' && b !== '' && a !== b;

const holding = (holder: Holder, { qualifier }: Identifier): ClaimHolder => ({
  ...holder,
  ...(qualifier === undefined ? {} : { qualifier }),
});

const describe = ({ type, value }: Identifier, { assetId, ciId }: ClaimHolder) => {
  const by = assetId ?? ciId ?? 'another device';
  return { by, error: { pointer: `#/body/${type === 'mac' ? 'macs' : type}`, detail: `${by} has ${type} ${value}.` } };
};
