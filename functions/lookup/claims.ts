import { claimKeyOf, type Identifier, parseCompact } from '../../domain/identity/identifier.ts';
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

const mostTaken = 80;

/** Hardware identifiers (in compact form) that go from a CI to its asset. */
export type Handover = { compacts: readonly string[]; ciId: string; assetId: string };

/**
 * Stages that claims on hardware identifiers which a CI still holds go to its asset, so that a swap takes them along.
 * Throws `unprocessable` when there are more than 80: a transaction has room for 100 writes.
 */
export const takeClaims = async (work: UnitOfWork, handovers: readonly Handover[]): Promise<void> => {
  const keysOf = ({ compacts }: Handover) => new Set(compacts.map((one) => claimKeyOf(parseCompact(one))));
  const moves = handovers.map((handover) => ({ ...handover, keys: keysOf(handover) }));
  const claims = await findClaims(work, [...new Set(moves.flatMap(({ keys }) => [...keys]))]);
  const taken = claims.flatMap((stored) => {
    const fitting = moves.filter(({ keys }) => keys.has(stored.value.claimKey));
    const holders = fitting.reduce(handedOver, stored.value.holders);
    return holders === stored.value.holders ? [] : [{ stored, holders }];
  });
  if (taken.length > mostTaken) {
    throw new Problem('unprocessable', `${taken.length} hardware identifiers would move; one act takes ${mostTaken}.`, {
      fix: 'Let the discovery source of the CI report once more: an import moves them too.',
    });
  }
  for (const { stored, holders } of taken) stageClaim(work, stored, { ...stored.value, holders });
};

const handedOver = (holders: ClaimHolder[], { ciId, assetId }: Handover): ClaimHolder[] => {
  const held = holders.find((holder) => isSame(holder, { ciId }));
  if (held === undefined) return holders;
  const { ciId: _ciId, ...rest } = held;
  return [...holders.filter((holder) => holder !== held && holder.assetId !== assetId), { ...rest, assetId }];
};

const findClaims = async ({ table, author }: UnitOfWork, keys: readonly string[]): Promise<Stored<Claim>[]> => {
  const items = await table.getMany(
    keys.map((key) => claimEntity.keyOf(author.tenant, key)),
    { consistent: true },
  );
  return items.map(claimEntity.fromItem);
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
