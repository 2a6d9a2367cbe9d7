import * as z from 'zod';
import { AssetId, CiId, RunId } from '../domain/shared/id.ts';
import { defineEvent } from './event.ts';

const place = z.strictObject({
  device: z.string().optional(),
  port: z.string().optional(),
  network: z.string().optional(),
});

/** A discovery source has reported an asset that is lost or stolen: at most once per run. */
export const lostAssetSeen = defineEvent(
  'LostAssetSeen',
  z.strictObject({
    assetId: AssetId,
    status: z.string(),
    ciId: CiId.optional(),
    source: z.string(),
    runId: RunId,
    recordIndex: z.int(),
    seenAt: z.string(),
    name: z.string().optional(),
    addresses: z.array(z.string()),
    places: z.array(place),
  }),
);
