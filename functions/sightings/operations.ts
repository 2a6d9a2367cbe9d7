import * as z from 'zod';
import { AssetSighting } from '../../domain/asset/asset-sighting.ts';
import { AssetId } from '../../domain/shared/id.ts';
import { defineOperation, type Operations } from '../http/operation.ts';
import { PageQuery, pageOf } from '../http/page.ts';

export const sightingsOperations = {
  listAssetSightings: defineOperation({
    id: 'listAssetSightings',
    route: 'GET /assets/{assetId}/sightings',
    summary: 'Where a lost or stolen asset was seen, once per import run, latest first',
    permission: 'asset:read',
    path: z.strictObject({ assetId: AssetId }),
    query: PageQuery,
    success: { status: 200, schema: pageOf('AssetSightingPage', AssetSighting) },
    problems: ['not-found'],
  }),
} satisfies Operations;
