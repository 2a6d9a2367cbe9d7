import type { Asset } from '../asset/asset.ts';
import type { Binding } from '../binding/binding.ts';
import type { Ci } from '../ci/ci.ts';

/** A CI with the asset that realises it, or an asset with the CI that it realises. */
export type Side = { ci?: Ci; asset?: Asset; open?: Binding };
export type CiSide = Side & { ci: Ci };
export type AssetSide = Side & { asset: Asset };
