import type { Asset } from '../../../domain/asset/asset.ts';
import type { Ci } from '../../../domain/ci/ci.ts';
import { claimKeyOf, type Identifier, parseCompact } from '../../../domain/identity/identifier.ts';
import { sameContent } from '../../../domain/shared/canonical.ts';
import { type Claim, type ClaimHolder, claimEntity } from '../../lookup/entity.ts';
import type { Write } from '../../store/table.ts';
import { mayBeClaimed } from '../load-state.ts';
import type { Undoing } from './undoing.ts';

/** A thing beside what it becomes: `named` are all identifiers it had in any of the versions that were looked at. */
export type Unclaimed = {
  holder: ClaimHolder;
  next: Asset | Ci;
  named: readonly string[];
  retired: boolean;
};

/**
 * Claims follow identifiers: a thing lets go of what the run had it named by, and takes back what the run had handed over from the CI
 * to its asset. What is claimed in the feed of the run's source only is let go with it.
 */
export const undoClaims = async (
  { table, run }: Undoing,
  identifiers: readonly Identifier[],
  things: readonly Unclaimed[],
): Promise<Write[]> => {
  const keysOf = (compact: string) => {
    const { type, value } = parseCompact(compact);
    return [claimKeyOf({ type, value }), claimKeyOf({ type, value, scope: run.source })];
  };
  const keys = [
    ...identifiers.filter(mayBeClaimed).map(claimKeyOf),
    ...things.flatMap(({ named }) => named.flatMap(keysOf)),
  ];
  const held = await table.getMany(
    [...new Set(keys)].map((key) => claimEntity.keyOf(run.tenant, key)),
    { consistent: true },
  );
  return held.flatMap((item): Write[] => {
    const { value, version } = claimEntity.fromItem(item);
    const names = (thing: Unclaimed, among: readonly string[]) =>
      among.some((compact) => keysOf(compact).includes(value.claimKey)) && !thing.retired;
    const holders = value.holders.flatMap((holder): ClaimHolder[] => {
      const thing = things.find((one) => isSame(one.holder, holder));
      if (thing === undefined || (!thing.retired && !names(thing, thing.named))) return [holder];
      if (names(thing, thing.next.identifiers)) return [holder];
      const heir = things.find((one) => one !== thing && names(one, one.next.identifiers));
      const { qualifier } = holder;
      return heir === undefined ? [] : [{ ...heir.holder, ...(qualifier === undefined ? {} : { qualifier }) }];
    });
    const next: Claim = {
      ...value,
      holders: holders.filter((one, n) => holders.findIndex((two) => isSame(one, two)) === n),
    };
    if (sameContent(next, value)) return [];
    if (next.holders.length === 0) return [{ remove: { pk: item.pk, sk: item.sk }, expect: version }];
    return [{ put: claimEntity.toItem(run.tenant, next, version + 1), expect: version }];
  });
};

const isSame = (a: ClaimHolder, b: ClaimHolder): boolean => a.assetId === b.assetId && a.ciId === b.ciId;
