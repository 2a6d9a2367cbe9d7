import type { Asset } from '../../domain/asset/asset.ts';
import type { Binding } from '../../domain/binding/binding.ts';
import type { Ci } from '../../domain/ci/ci.ts';
import type { AssetSide, CiSide, Side } from '../../domain/merge/side.ts';
import type { Thing } from '../../domain/shared/thing.ts';
import { assetEntity } from '../assets/entity.ts';
import { bindingEntity } from '../bindings/entity.ts';
import { ciEntity } from '../cis/entity.ts';
import type { Stored } from '../store/entity.ts';
import type { UnitOfWork } from '../store/unit-of-work.ts';

/** One of two things with what realises it or what it realises, with versions. */
export type LoadedSide = { ci?: Stored<Ci>; asset?: Stored<Asset>; open?: Stored<Binding> };

/** Throws `not-found`, and `conflict` for what was merged into another thing already. */
export const loadSide = async (work: UnitOfWork, thing: Thing): Promise<LoadedSide> => {
  const named = 'ciId' in thing ? await work.load(ciEntity, thing.ciId) : await work.load(assetEntity, thing.assetId);
  const { binding } = named.value;
  const open = binding === undefined ? undefined : await work.load(bindingEntity, binding.bindingId);
  const bound = open === undefined ? {} : { open };
  if ('ciId' in named.value) {
    const asset = open === undefined ? {} : { asset: await work.load(assetEntity, open.value.assetId) };
    return { ci: named as Stored<Ci>, ...asset, ...bound };
  }
  const ci = open === undefined ? {} : { ci: await work.load(ciEntity, open.value.ciId) };
  return { asset: named as Stored<Asset>, ...ci, ...bound };
};

/** The side as the domain decides on it. */
export const valuesOf = ({ ci, asset, open }: LoadedSide): Side => ({
  ...(ci === undefined ? {} : { ci: ci.value }),
  ...(asset === undefined ? {} : { asset: asset.value }),
  ...(open === undefined ? {} : { open: open.value }),
});

export const isCiSide = (side: Side): side is CiSide => side.ci !== undefined;
export const isAssetSide = (side: Side): side is AssetSide => side.asset !== undefined;

export const storedOf = ({ ci, asset, open }: LoadedSide) => [ci, asset, open].filter((one) => one !== undefined);
