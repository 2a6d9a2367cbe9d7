import * as z from 'zod';
import type { Asset } from '../asset/asset.ts';
import { AssetStatus } from '../asset/lifecycle.ts';
import { listTransitions } from '../asset/transition-asset.ts';
import type { Ci } from '../ci/ci.ts';
import type { Writing } from '../reconcile/manual.ts';
import { AssetId, CiId } from '../shared/id.ts';
import { type Refusal, refuse } from '../shared/refusal.ts';
import { atHand, join, misfits } from './bind.ts';
import type { Binding, SwapRecord } from './binding.ts';
import { handOver } from './custody.ts';
import { unbind } from './unbind.ts';

/** `incomingFrom` names the CI that the incoming asset realises until now, when it does: it is taken from there in the same act. */
export const NewSwap = z
  .strictObject({
    assetId: AssetId,
    outgoingAssetTo: AssetStatus,
    reason: z.string().trim().min(1).max(500),
    incomingTo: AssetStatus.default('deployed'),
    incomingFrom: CiId.optional(),
  })
  .meta({ id: 'NewSwap' });
export type NewSwap = z.output<typeof NewSwap>;

/** The CI and the binding that realises it, the asset that leaves it, the one that comes, and what that one leaves, if anything. */
export type SwapState = {
  ci: Ci;
  outgoing: Asset;
  open: Binding;
  incoming: Asset;
  leaving?: { ci: Ci; open: Binding } | undefined;
};

/** The next state of everything a swap touches. */
export type Swapped = {
  ci: Ci;
  outgoing: Asset;
  incoming: Asset;
  closed: Binding;
  opened: Binding;
  left?: { ci: Ci; closed: Binding };
};

/**
 * Swaps the asset under a CI. The CI keeps its identity, relationships and everything that hangs on it; hardware identifiers and facts
 * go with the outgoing asset, custody to the incoming one. `before` are the present versions. Throws a problem that lists every reason
 * why it cannot be done.
 */
export const swap = (
  state: SwapState,
  { outgoingAssetTo, incomingTo, incomingFrom }: Pick<NewSwap, 'outgoingAssetTo' | 'incomingTo' | 'incomingFrom'>,
  before: SwapRecord['before'],
  writing: Writing,
): Swapped => {
  refuse([
    ...bindingRefusals(state, incomingFrom),
    ...misfits(state.incoming, state.ci),
    ...stepRefusals(state.outgoing, outgoingAssetTo, 'outgoingAssetTo'),
    ...incomingRefusals(state.incoming, incomingTo),
  ]);
  const record = { replaces: state.open.bindingId, outgoingTo: outgoingAssetTo, incomingTo, before };
  const moved = exchange(state, record, writing);
  return {
    ...moved,
    ...handOver(
      { outgoing: step(moved.outgoing, outgoingAssetTo), incoming: step(moved.incoming, incomingTo) },
      writing,
    ),
  };
};

/** The bindings alone: closes one or two, opens one. What reverting a swap does too. */
export const exchange = (state: SwapState, record: SwapRecord, writing: Writing): Swapped => {
  const { asset: outgoing, ci, closed } = unbind({ ...state, asset: state.outgoing }, writing);
  const left = state.leaving === undefined ? undefined : unbind({ ...state.leaving, asset: state.incoming }, writing);
  const next = join(left?.asset ?? state.incoming, ci, writing);
  return {
    ci: next.ci,
    outgoing,
    incoming: next.asset,
    closed,
    opened: { ...next.binding, swap: record },
    ...(left === undefined ? {} : { left: { ci: left.ci, closed: left.closed } }),
  };
};

/** Why the bindings cannot be exchanged. `at` names the parts of the request that speak of the asset and of the CI it leaves. */
export const bindingRefusals = (
  { ci, outgoing, incoming }: SwapState,
  leaves: string | undefined,
  at = { asset: '#/body/assetId', from: 'incomingFrom' },
): Refusal[] => {
  const { assetId, binding } = incoming;
  const say = (pointer: string, detail: string, fix?: string): Refusal[] => [
    { code: 'conflict', pointer, detail, ...(fix === undefined ? {} : { fix }) },
  ];
  if (assetId === outgoing.assetId) return say(at.asset, `${assetId} realises ${ci.ciId} already.`);
  if (binding?.ciId === leaves) return [];
  if (binding === undefined) return say(`#/body/${at.from}`, `${assetId} realises no CI that it could leave.`);
  const detail = `${assetId} realises ${binding.ciId}, by ${binding.bindingId}.`;
  return say(at.asset, detail, `Send ${at.from}: ${binding.ciId} to take it from there in the same act.`);
};

const incomingRefusals = (incoming: Asset, to: AssetStatus): Refusal[] => {
  if (atHand.includes(to)) return stepRefusals(incoming, to, 'incomingTo');
  const detail = `An asset that realises a CI is ${atHand.join(', ')}, not ${to}.`;
  return [{ code: 'unprocessable', pointer: '#/body/incomingTo', detail }];
};

/** Being there already is no step and needs none, but what leaves a CI is not deployed any more. */
const stepRefusals = (asset: Asset, to: AssetStatus, pointer: 'outgoingAssetTo' | 'incomingTo'): Refusal[] => {
  if (asset.status === to && (pointer === 'incomingTo' || to !== 'deployed')) return [];
  const { allowed, refused } = listTransitions(asset.status);
  const refusal = refused.find((one) => one.to === to);
  if (refusal === undefined) return [];
  const detail = `${refusal.reason} Allowed now: ${allowed.join(', ') || 'nothing'}.`;
  return [{ code: 'illegal-transition', pointer: `#/body/${pointer}`, detail }];
};

const step = (asset: Asset, to: AssetStatus): Asset =>
  asset.status === to ? asset : { ...asset, status: to, statusSetBy: 'person' };
