import type { Asset } from '../asset/asset.ts';
import type { Ci } from '../ci/ci.ts';
import type { Digest } from '../shared/id.ts';
import { laterOf } from '../shared/time.ts';
import type { Binding } from './binding.ts';
import { hardwareIdentifiersOf, withoutHardware, withoutIdentifiers } from './hardware.ts';

export type Bound = { asset: Asset; ci: Ci; open: Binding };

/**
 * Takes asset and CI apart: the binding is closed and kept. What names or describes the hardware goes with the asset; the CI keeps its
 * identity, what is installed and configured on it, and everything that hangs on it.
 */
export const unbind = (
  { asset, ci, open }: Bound,
  { now, digest }: { now: string; digest: Digest },
): { asset: Asset; ci: Ci; closed: Binding } => {
  const { binding: _ofAsset, ...freeAsset } = asset;
  const { binding: _ofCi, ...freeCi } = ci;
  const hardware = hardwareIdentifiersOf(ci);
  return {
    asset: { ...freeAsset, identifiers: [...new Set([...asset.identifiers, ...hardware])].sort() },
    ci: { ...withoutIdentifiers(freeCi, hardware), facets: withoutHardware(ci.facets, digest) },
    closed: { ...open, validTo: laterOf(now, open.validFrom) },
  };
};
