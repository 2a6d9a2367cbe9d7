import * as z from 'zod';
import type { Asset } from '../asset/asset.ts';
import type { AssetStatus } from '../asset/lifecycle.ts';
import type { Ci } from '../ci/ci.ts';
import { ciClasses } from '../ci/ci-classes.ts';
import { AssetId, CiId, childIdFrom, type Digest } from '../shared/id.ts';
import { Problem } from '../shared/problem.ts';
import { Binding } from './binding.ts';

/** A binding as the API shows it. */
export const BindingView = Binding.extend({ version: z.int().positive() }).meta({ id: 'Binding' });
export type BindingView = z.infer<typeof BindingView>;

export const NewBinding = z.strictObject({ assetId: AssetId, ciId: CiId }).meta({ id: 'NewBinding' });
export type NewBinding = z.infer<typeof NewBinding>;

/** Only what is at hand can realise a CI. */
const atHand: readonly AssetStatus[] = ['in-stock', 'deployed', 'in-repair'];

/**
 * Binds an asset to a CI: the next state of both, and the binding. `taken` are hardware identifiers that the CI held while it had
 * no asset; they are the asset's now. Throws `conflict` when either is bound, `unprocessable` when they cannot be bound at all.
 */
export const bind = (
  asset: Asset,
  ci: Ci,
  taken: readonly string[],
  { now, digest }: { now: string; digest: Digest },
): { asset: Asset; ci: Ci; binding: Binding } => {
  checkFree(asset, ci);
  checkFit(asset, ci);
  const bindingId = childIdFrom('bnd', digest, ci.ciId, asset.assetId, String(asset.bindings));
  const { assetId } = asset;
  const { ciId } = ci;
  return {
    asset: {
      ...asset,
      identifiers: [...new Set([...asset.identifiers, ...taken])].sort(),
      binding: { bindingId, ciId, from: now },
      bindings: asset.bindings + 1,
    },
    ci: { ...ci, binding: { bindingId, assetId, from: now } },
    binding: { bindingId, assetId, ciId, validFrom: now },
  };
};

const checkFree = (asset: Asset, ci: Ci): void => {
  if (asset.binding !== undefined) {
    const { bindingId, ciId } = asset.binding;
    throw new Problem('conflict', `${asset.assetId} realises ${ciId} already, by ${bindingId}.`);
  }
  if (ci.binding !== undefined) {
    const { bindingId, assetId } = ci.binding;
    throw new Problem('conflict', `${ci.ciId} is realised by ${assetId} already, by ${bindingId}.`);
  }
};

const checkFit = (asset: Asset, ci: Ci): void => {
  const refuse = (pointer: string, detail: string) =>
    new Problem('unprocessable', detail, { errors: [{ pointer: `#/body/${pointer}`, detail }] });
  if (asset.kind !== 'hardware') throw refuse('assetId', `${asset.kind} realises no CI; only hardware does.`);
  if (!atHand.includes(asset.status)) {
    throw refuse('assetId', `The asset is ${asset.status}; it must be ${atHand.join(', ')}.`);
  }
  if (!ciClasses[ci.class].asset) throw refuse('ciId', `A CI of class ${ci.class} is not realised by an asset.`);
};
