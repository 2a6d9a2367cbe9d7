import type { Asset } from '../asset/asset.ts';
import { atHand, join } from '../binding/bind.ts';
import type { Binding } from '../binding/binding.ts';
import { unbind } from '../binding/unbind.ts';
import type { Ci } from '../ci/ci.ts';
import { isHardware } from '../import/next-state.ts';
import type { Writing } from '../reconcile/manual.ts';
import { refuse } from '../shared/refusal.ts';
import type { AssetChoice } from '../shared/thing.ts';
import { laterOf } from '../shared/time.ts';
import { assetRefusals, ciRefusals } from './merge-refusals.ts';
import type { AssetSide, CiSide, Side } from './side.ts';
import { uniteAssets, uniteCis } from './unite-things.ts';

/** The next state of everything a merge touches. `assetsMerged`: the assets of two CIs went the same way. */
export type Merged = {
  cis: Ci[];
  assets: Asset[];
  closed: Binding[];
  opened?: Binding;
  assetsMerged?: { survivor: string; absorbed: string };
};

export type Merging = Writing & { mergeId: string; assets?: AssetChoice | undefined };

const without = <T extends { binding?: unknown }>({ binding: _binding, ...rest }: T): Omit<T, 'binding'> => rest;
const close = (open: Binding, now: string): Binding => ({ ...open, validTo: laterOf(now, open.validFrom) });

/**
 * Two CIs become one. The absorbed one stays where it is, with all that was known of it, and leads to the survivor. What realises the
 * absorbed one realises the survivor; where both are realised, `assets` says what becomes of the two assets. Throws when they cannot be
 * one, with every reason.
 */
export const mergeCis = (survivor: CiSide, absorbed: CiSide, merging: Merging): Merged => {
  refuse(ciRefusals(survivor, absorbed, merging.assets));
  const [mine, theirs] = [boundOf(survivor), boundOf(absorbed)];
  const unite = (into: Ci, from: Ci) => uniteCis(into, from, merging);
  const gone: Ci = { ...without(absorbed.ci), mergedInto: survivor.ci.ciId };
  if (theirs === undefined) {
    const ci = unite(survivor.ci, absorbed.ci);
    return mine === undefined
      ? { cis: [ci, gone], assets: [], closed: [] }
      : { ...handHardware(ci, mine.asset), cis: [handHardware(ci, mine.asset).ci, gone], closed: [] };
  }
  if (mine === undefined) {
    const ci = unite(survivor.ci, without(absorbed.ci));
    const joined = join(without(theirs.asset), ci, merging);
    return {
      cis: [joined.ci, gone],
      assets: [joined.asset],
      closed: [close(theirs.open, merging.now)],
      opened: joined.binding,
    };
  }
  if (merging.assets === 'merge') {
    const ci = unite(survivor.ci, without(absorbed.ci));
    const asset = uniteAssets(mine.asset, theirs.asset, merging);
    const goneAsset: Asset = { ...without(theirs.asset), mergedInto: asset.assetId };
    return {
      cis: [{ ...ci, identifiers: ci.identifiers.filter((one) => !isHardware(one)) }, gone],
      assets: [asset, goneAsset],
      closed: [close(theirs.open, merging.now)],
      assetsMerged: { survivor: asset.assetId, absorbed: goneAsset.assetId },
    };
  }
  if (merging.assets?.keep === mine.asset.assetId) {
    const left = unbind(theirs, merging);
    return { cis: [unite(survivor.ci, left.ci), gone], assets: [left.asset], closed: [left.closed] };
  }
  const left = unbind(mine, merging);
  const joined = join(without(theirs.asset), unite(left.ci, without(absorbed.ci)), merging);
  return {
    cis: [joined.ci, gone],
    assets: [joined.asset, left.asset],
    closed: [left.closed, close(theirs.open, merging.now)],
    opened: joined.binding,
  };
};

/** Two assets become one; of two at most one realises a CI. */
export const mergeAssets = (survivor: AssetSide, absorbed: AssetSide, merging: Merging): Merged => {
  refuse(assetRefusals(survivor, absorbed));
  const united = uniteAssets(survivor.asset, absorbed.asset, merging);
  const gone: Asset = { ...without(absorbed.asset), mergedInto: united.assetId };
  const theirs = boundOf(absorbed);
  const bound = theirs === undefined ? undefined : join(united, without(theirs.ci), merging);
  const asset = bound?.asset ?? united;
  if (asset.binding !== undefined && !atHand.includes(asset.status)) {
    const detail = `It would be ${asset.status}, and realise a CI; what realises one is ${atHand.join(', ')}.`;
    refuse([
      { code: 'unprocessable', pointer: '#/body/survivor', detail, fix: 'Move the status of one of them first.' },
    ]);
  }
  return bound === undefined || theirs === undefined
    ? { cis: [], assets: [asset, gone], closed: [] }
    : { cis: [bound.ci], assets: [asset, gone], closed: [close(theirs.open, merging.now)], opened: bound.binding };
};

type Bound = { ci: Ci; asset: Asset; open: Binding };
const boundOf = ({ ci, asset, open }: Side): Bound | undefined =>
  ci === undefined || asset === undefined || open === undefined ? undefined : { ci, asset, open };

/** Hardware identifiers that the absorbed CI carried, having no asset, go to the asset of the survivor. */
const handHardware = (ci: Ci, asset: Asset): { ci: Ci; assets: Asset[] } => {
  const taken = ci.identifiers.filter(isHardware);
  const identifiers = [...new Set([...asset.identifiers, ...taken])].sort();
  return {
    ci: { ...ci, identifiers: ci.identifiers.filter((one) => !isHardware(one)) },
    assets: taken.length === 0 ? [] : [{ ...asset, identifiers }],
  };
};
