import { type BeforeSwap, revertSwap, type SwapReversal } from '../../domain/binding/revert-swap.ts';
import { Problem } from '../../domain/shared/problem.ts';
import { assetEntity } from '../assets/entity.ts';
import { bindingEntity } from '../bindings/entity.ts';
import { ciEntity } from '../cis/entity.ts';
import { digest } from '../shared/digest.ts';
import { versionNumbered } from '../store/as-of.ts';
import type { Entity, Stored } from '../store/entity.ts';
import type { UnitOfWork } from '../store/unit-of-work.ts';
import { loadAssets, loadOpen, momentOfSwap, stateOf } from './load-swap.ts';
import { stageSwap } from './stage-swap.ts';
import { versionsOf } from './swap-asset.ts';

/** Stages the reversal of the swap that the CI's present binding came from. Throws `conflict` when it came from none. */
export const stageReversal = async (
  work: UnitOfWork,
  ciId: string,
  { reason, returningFrom }: SwapReversal,
  now: string,
) => {
  const bound = await loadOpen(work, ciId);
  const { bindingId, swap } = bound.open.value;
  if (swap === undefined) {
    throw new Problem('conflict', `${bindingId} came from no swap; there is nothing to revert.`, {
      fix: 'Bring the other asset back with POST /cis/{ciId}/swap.',
    });
  }
  const replaced = await work.load(bindingEntity, swap.replaces);
  const loaded = await loadAssets(work, bound, replaced.value.assetId, returningFrom);
  const asOf = bound.open.value.validFrom;
  const find = async <T>(entity: Entity<T, string>, id: string, version: number): Promise<T> => {
    const { table, author } = work;
    return written(await versionNumbered(table, author.tenant, entity, id, { version, asOf }));
  };
  const before: BeforeSwap = {
    ci: await find(ciEntity, ciId, swap.before.ci),
    outgoing: await find(assetEntity, loaded.incoming.value.assetId, swap.before.outgoing),
    incoming: await find(assetEntity, loaded.outgoing.value.assetId, swap.before.incoming),
  };
  const at = momentOfSwap(now, loaded);
  const next = revertSwap(stateOf(loaded), swap, before, versionsOf(loaded), { now: at, digest, returningFrom });
  return { loaded, staged: await stageSwap(work, loaded, next, { at, reason }) };
};

const written = <T>(stored: Stored<T> | undefined): T => {
  if (stored !== undefined) return stored.value;
  throw new Problem('conflict', 'The history of the moment before the swap is not written yet.', {
    fix: 'Try again in a moment.',
  });
};
