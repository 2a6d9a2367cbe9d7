import { AssetSighting } from '../../domain/asset/asset-sighting.ts';
import { defineEntity } from '../store/entity.ts';

export const sightingPrefix = 'SEEN#';

export const sightingEntity = defineEntity<AssetSighting, AssetSighting>({
  name: 'asset sighting',
  schema: AssetSighting,
  tracked: true,
  id: (sighting) => sighting,
  key: ({ assetId, storedAt, runId }) => ({ pk: assetId, sk: `${sightingPrefix}${storedAt}#${runId}` }),
  chart: 'a lost or stolen asset that was seen in a run: once per run',
});
