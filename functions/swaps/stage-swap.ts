import type { Asset } from '../../domain/asset/asset.ts';
import { hardwareIdentifiersOf } from '../../domain/binding/hardware.ts';
import type { Swapped } from '../../domain/binding/swap.ts';
import { assetEntity } from '../assets/entity.ts';
import { bindingEntity } from '../bindings/entity.ts';
import { ciEntity } from '../cis/entity.ts';
import { takeClaims } from '../lookup/claims.ts';
import type { Stored } from '../store/entity.ts';
import type { Intent, UnitOfWork } from '../store/unit-of-work.ts';
import type { LoadedSwap } from './load-swap.ts';
import { lookAgain } from './look-again.ts';

type When = { at: string; reason: string };

/** What a swap leaves behind, as it is stored. */
export type StagedSwap = Pick<LoadedSwap, 'ci' | 'outgoing' | 'incoming'> & {
  closed: LoadedSwap['open'];
  opened: LoadedSwap['open'];
};

/** Stages everything a swap changes; it is written in the one transaction of the request, or not at all. */
export const stageSwap = async (
  work: UnitOfWork,
  loaded: LoadedSwap,
  next: Swapped,
  when: When,
): Promise<StagedSwap> => {
  const by = (type: string): Intent => ({ type, ...when });
  const replaceAsset = (stored: Stored<Asset>, asset: Asset) =>
    work.replace(
      assetEntity,
      stored,
      asset,
      by(stored.value.status === asset.status ? 'AssetUpdated' : 'AssetStatusChanged'),
    );
  await takeClaims(work, handoversOf(loaded));
  await lookAgain(work, loaded);
  if (loaded.leaving !== undefined && next.left !== undefined) {
    work.replace(ciEntity, loaded.leaving.ci, next.left.ci, by('CiUpdated'));
    work.replace(bindingEntity, loaded.leaving.open, next.left.closed, by('AssetUnbound'));
  }
  return {
    ci: work.replace(ciEntity, loaded.ci, next.ci, by('CiUpdated')),
    closed: work.replace(bindingEntity, loaded.open, next.closed, by('AssetUnbound')),
    opened: work.create(bindingEntity, next.opened, by('AssetBound')),
    outgoing: replaceAsset(loaded.outgoing, next.outgoing),
    incoming: replaceAsset(loaded.incoming, next.incoming),
  };
};

/** Each asset takes along what its CI still holds of its hardware. */
const handoversOf = ({ ci, outgoing, incoming, leaving }: LoadedSwap) =>
  [{ ci, asset: outgoing }, ...(leaving === undefined ? [] : [{ ci: leaving.ci, asset: incoming }])].map((pair) => ({
    compacts: [...pair.asset.value.identifiers, ...hardwareIdentifiersOf(pair.ci.value)],
    ciId: pair.ci.value.ciId,
    assetId: pair.asset.value.assetId,
  }));
