import * as z from 'zod';
import type { Asset } from '../asset/asset.ts';
import type { AssetStatus } from '../asset/lifecycle.ts';
import { listTransitions } from '../asset/transition-asset.ts';
import type { Ci } from '../ci/ci.ts';
import type { Writing } from '../reconcile/manual.ts';
import { CiId } from '../shared/id.ts';
import { refuse } from '../shared/refusal.ts';
import { misfits } from './bind.ts';
import type { SwapRecord } from './binding.ts';
import { takeBack } from './custody.ts';
import { withHardwareOf } from './hardware.ts';
import { bindingRefusals, exchange, type Swapped, type SwapState } from './swap.ts';

/** `returningFrom` names the CI that the asset realises by now, when it does: it is taken from there in the same act. */
export const SwapReversal = z
  .strictObject({ reason: z.string().trim().min(1).max(500), returningFrom: CiId.optional() })
  .meta({ id: 'SwapReversal' });
export type SwapReversal = z.output<typeof SwapReversal>;

/** CI and assets as they were just before the swap. */
export type BeforeSwap = { ci: Ci; outgoing: Asset; incoming: Asset };

/**
 * Takes a swap back: the asset that left returns, and status, custody and hardware facts are as before the swap, save where somebody has
 * changed them since. In `state` the returning asset is `incoming`, the one that the swap brought is `outgoing`.
 * Throws a problem that lists every reason why it cannot be done.
 */
export const revertSwap = (
  state: SwapState,
  swapped: SwapRecord,
  before: BeforeSwap,
  versions: SwapRecord['before'],
  { returningFrom, ...writing }: Writing & { returningFrom?: string | undefined },
): Swapped => {
  const outgoing = withStatusOf(state.outgoing, before.incoming, swapped.incomingTo) ?? state.outgoing;
  const restored = withStatusOf(state.incoming, before.outgoing, swapped.outgoingTo);
  const incoming = restored ?? towards(state.incoming, before.outgoing);
  refuse([
    ...bindingRefusals(state, returningFrom, { asset: '#/path/ciId', from: 'returningFrom' }),
    ...(restored === undefined ? misfits(state.incoming, state.ci) : []).map((one) => ({
      ...one,
      pointer: '#/path/ciId',
    })),
  ]);
  const record = {
    replaces: state.open.bindingId,
    outgoingTo: outgoing.status,
    incomingTo: incoming.status,
    before: versions,
  };
  const moved = exchange({ ...state, outgoing, incoming }, record, writing);
  const custody = takeBack({ outgoing: moved.incoming, incoming: moved.outgoing }, before, writing);
  return {
    ...moved,
    ci: { ...moved.ci, facets: withHardwareOf(moved.ci.facets, before.ci.facets, writing.digest) },
    outgoing: custody.incoming,
    incoming: custody.outgoing,
  };
};

/** An asset that still has the status the swap gave it gets back the one it had, whoever had set it. */
const withStatusOf = (asset: Asset, was: Asset, given: AssetStatus): Asset | undefined =>
  asset.status === given ? { ...asset, status: was.status, statusSetBy: was.statusSetBy } : undefined;

/** One that has been moved on since takes a step to its former status where the lifecycle has one. */
const towards = (asset: Asset, { status }: Asset): Asset =>
  asset.status !== status && listTransitions(asset.status).allowed.includes(status)
    ? { ...asset, status, statusSetBy: 'person' }
    : asset;
