import { assetEntity } from '../assets/entity.ts';
import { loadAsOf } from '../http/as-of.ts';
import type { RequestScope } from '../http/serve.ts';
import { readAssets } from './hydrate.ts';
import type { Scope } from './impact.ts';

/**
 * The CIs that assets realise, now or at a moment: what fails when they are taken away. An asset that realises nothing adds nothing. Throws
 * `not-found` for an asset that does not exist, or did not then.
 */
export const realisedBy = async (
  assetIds: readonly string[],
  asOf: string | undefined,
  scope: Scope & Pick<RequestScope, 'work'>,
): Promise<string[]> => {
  const assets = await readAssets(scope, assetIds, asOf);
  const [nobody] = assetIds.filter((assetId) => !assets.has(assetId));
  if (nobody !== undefined) await loadAsOf(scope, assetEntity, nobody, { asOf });
  return assetIds.flatMap((assetId) => assets.get(assetId)?.value.binding?.ciId ?? []);
};
