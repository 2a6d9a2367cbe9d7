import type { Asset } from '../../domain/asset/asset.ts';
import type { Binding } from '../../domain/binding/binding.ts';
import type { SwapState } from '../../domain/binding/swap.ts';
import type { Ci } from '../../domain/ci/ci.ts';
import { Problem } from '../../domain/shared/problem.ts';
import { assetEntity } from '../assets/entity.ts';
import { bindingEntity } from '../bindings/entity.ts';
import { ciEntity } from '../cis/entity.ts';
import type { Stored } from '../store/entity.ts';
import { latestOf, type UnitOfWork } from '../store/unit-of-work.ts';

/** Everything that a swap touches, with versions. */
export type LoadedSwap = {
  ci: Stored<Ci>;
  open: Stored<Binding>;
  outgoing: Stored<Asset>;
  incoming: Stored<Asset>;
  leaving?: { ci: Stored<Ci>; open: Stored<Binding> };
};

/** The CI and the binding that realises it. Throws `not-found`, and `conflict` when no asset realises it. */
export const loadOpen = async (work: UnitOfWork, ciId: string): Promise<Pick<LoadedSwap, 'ci' | 'open'>> => {
  const ci = await work.load(ciEntity, ciId);
  if (ci.value.binding === undefined) {
    throw new Problem('conflict', `No asset realises ${ciId}; there is nothing to swap.`, {
      fix: 'Bind an asset to it: POST /bindings.',
    });
  }
  return { ci, open: await work.load(bindingEntity, ci.value.binding.bindingId) };
};

/** The assets of a swap, and the CI that the incoming one leaves, if it realises one that the caller has named. */
export const loadAssets = async (
  work: UnitOfWork,
  { ci, open }: Pick<LoadedSwap, 'ci' | 'open'>,
  incomingId: string,
  leaves: string | undefined,
): Promise<LoadedSwap> => {
  const [outgoing, incoming] = await Promise.all([
    work.load(assetEntity, open.value.assetId),
    work.load(assetEntity, incomingId),
  ]);
  const { binding } = incoming.value;
  const both = { ci, open, outgoing, incoming };
  if (leaves === undefined || binding?.ciId !== leaves || leaves === ci.value.ciId) return both;
  const leaving = await Promise.all([work.load(ciEntity, leaves), work.load(bindingEntity, binding.bindingId)]);
  return { ...both, leaving: { ci: leaving[0], open: leaving[1] } };
};

/** The state as the domain decides on it. */
export const stateOf = ({ ci, open, outgoing, incoming, leaving }: LoadedSwap): SwapState => ({
  ci: ci.value,
  open: open.value,
  outgoing: outgoing.value,
  incoming: incoming.value,
  leaving: leaving === undefined ? undefined : { ci: leaving.ci.value, open: leaving.open.value },
});

/** The one moment at which all of it happens: not before the last change of anything that takes part. */
export const momentOfSwap = (now: string, { ci, open, outgoing, incoming, leaving }: LoadedSwap): string =>
  latestOf(now, ci, open, outgoing, incoming, leaving?.ci, leaving?.open);
