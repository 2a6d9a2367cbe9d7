import * as z from 'zod';
import { SeenAt } from '../discovery/record.ts';
import { AssetId, CiId, RunId, SourceName } from '../shared/id.ts';
import { count, optionalText, texts } from '../shared/scalars.ts';
import { Timestamp } from '../shared/time.ts';
import { AssetStatus } from './lifecycle.ts';

/**
 * A discovery source has reported an asset that is lost or stolen: which source and record, when it was observed, at which addresses and
 * where on the network. One per run and asset.
 */
export const AssetSighting = z
  .strictObject({
    assetId: AssetId,
    status: AssetStatus,
    ciId: CiId.optional(),
    source: SourceName,
    runId: RunId,
    recordIndex: count,
    seenAt: Timestamp,
    storedAt: Timestamp,
    name: optionalText,
    addresses: texts,
    places: z.array(SeenAt),
  })
  .meta({ id: 'AssetSighting' });
export type AssetSighting = z.infer<typeof AssetSighting>;
