import type { SwapRecord } from '../../domain/binding/binding.ts';
import { type NewSwap, swap } from '../../domain/binding/swap.ts';
import { digest } from '../shared/digest.ts';
import type { UnitOfWork } from '../store/unit-of-work.ts';
import { type LoadedSwap, loadAssets, loadOpen, momentOfSwap, stateOf } from './load-swap.ts';
import { stageSwap } from './stage-swap.ts';

/** Stages a swap: load, decide, stage. */
export const stageNewSwap = async (work: UnitOfWork, ciId: string, wanted: NewSwap, now: string) => {
  const loaded = await loadAssets(work, await loadOpen(work, ciId), wanted.assetId, wanted.incomingFrom);
  const at = momentOfSwap(now, loaded);
  const next = swap(stateOf(loaded), wanted, versionsOf(loaded), { now: at, digest });
  return { loaded, staged: await stageSwap(work, loaded, next, { at, reason: wanted.reason }) };
};

/** The versions that a swap starts from. */
export const versionsOf = ({ ci, outgoing, incoming }: LoadedSwap): SwapRecord['before'] => ({
  ci: ci.version,
  outgoing: outgoing.version,
  incoming: incoming.version,
});
