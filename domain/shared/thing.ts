import * as z from 'zod';
import { AssetId, CiId } from './id.ts';

/** A CI or an asset. */
export const Thing = z
  .union([z.strictObject({ ciId: CiId }), z.strictObject({ assetId: AssetId })])
  .meta({ id: 'Thing' });
export type Thing = z.infer<typeof Thing>;

/** Where two CIs that are merged are both realised by assets: the assets are one too, or this one realises the CI from now on. */
export const AssetChoice = z
  .union([z.literal('merge'), z.strictObject({ keep: AssetId })])
  .meta({ id: 'MergeAssetChoice' });
export type AssetChoice = z.infer<typeof AssetChoice>;
