import type { CiClassName } from '../ci/ci-classes.ts';

/** A known thing that a record might be: an asset, the CI it realises, or a CI without asset. What identity rules compare with. */
export type KnownDevice = {
  /** `assetId` when it has one, else `ciId`: names the device among candidates. */
  deviceId: string;
  assetId?: string;
  ciId?: string;
  ciClass?: CiClassName;
  /** All identifiers of asset and CI in compact form (`serial|dell|640HP72`). */
  identifiers: readonly string[];
};
