import * as z from 'zod';
import type { Asset } from '../asset/asset.ts';
import type { AssetStatus } from '../asset/lifecycle.ts';
import type { Ci } from '../ci/ci.ts';
import { ciClasses } from '../ci/ci-classes.ts';
import { AssetId, CiId, childIdFrom, type Digest } from '../shared/id.ts';
import { type Refusal, refuse } from '../shared/refusal.ts';
import { Binding } from './binding.ts';
import { hardwareIdentifiersOf, withoutIdentifiers } from './hardware.ts';

/** A binding as the API shows it. */
export const BindingView = Binding.extend({ version: z.int().positive() }).meta({ id: 'Binding' });
export type BindingView = z.infer<typeof BindingView>;

export const NewBinding = z.strictObject({ assetId: AssetId, ciId: CiId }).meta({ id: 'NewBinding' });
export type NewBinding = z.infer<typeof NewBinding>;

/** Only what is at hand can realise a CI. */
export const atHand: readonly AssetStatus[] = ['in-stock', 'deployed', 'in-repair'];

type Writing = { now: string; digest: Digest };
type Joined = { asset: Asset; ci: Ci; binding: Binding };

/**
 * Binds an asset to a CI: the next state of both, and the binding. Throws `conflict` when either is bound, `unprocessable` when they
 * cannot be bound at all.
 */
export const bind = (asset: Asset, ci: Ci, writing: Writing): Joined => {
  refuse([...boundAlready(asset, ci), ...misfits(asset, ci)]);
  return join(asset, ci, writing);
};

/** The binding of two that are free; hardware identifiers that the CI held while it had no asset are the asset's from now on. */
export const join = (asset: Asset, ci: Ci, { now, digest }: Writing): Joined => {
  const bindingId = childIdFrom('bnd', digest, ci.ciId, asset.assetId, String(asset.bindings));
  const { assetId } = asset;
  const { ciId } = ci;
  const taken = hardwareIdentifiersOf(ci);
  return {
    asset: {
      ...asset,
      identifiers: [...new Set([...asset.identifiers, ...taken])].sort(),
      binding: { bindingId, ciId, from: now },
      bindings: asset.bindings + 1,
    },
    ci: { ...withoutIdentifiers(ci, taken), binding: { bindingId, assetId, from: now } },
    binding: { bindingId, assetId, ciId, validFrom: now },
  };
};

const boundAlready = (asset: Asset, ci: Ci): Refusal[] => {
  const refusals: Refusal[] = [];
  const say = (pointer: string, detail: string) =>
    refusals.push({ code: 'conflict', pointer: `#/body/${pointer}`, detail });
  if (asset.binding !== undefined) {
    say('assetId', `${asset.assetId} realises ${asset.binding.ciId} already, by ${asset.binding.bindingId}.`);
  }
  if (ci.binding !== undefined) {
    say('ciId', `${ci.ciId} is realised by ${ci.binding.assetId} already, by ${ci.binding.bindingId}.`);
  }
  return refusals;
};

/** Why this asset cannot realise this CI, whether they are free or not; empty when it can. */
export const misfits = (asset: Asset, ci: Ci): Refusal[] => {
  const refusals: Refusal[] = [];
  const say = (pointer: string, detail: string) =>
    refusals.push({ code: 'unprocessable', pointer: `#/body/${pointer}`, detail });
  if (asset.kind !== 'hardware') say('assetId', `${asset.kind} realises no CI; only hardware does.`);
  if (!atHand.includes(asset.status)) say('assetId', `The asset is ${asset.status}; it must be ${atHand.join(', ')}.`);
  if (!ciClasses[ci.class].asset) say('ciId', `A CI of class ${ci.class} is not realised by an asset.`);
  return refusals;
};
