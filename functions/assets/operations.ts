import * as z from 'zod';
import { AssetView } from '../../domain/asset/asset-view.ts';
import { NewAsset } from '../../domain/asset/create-asset.ts';
import { AssetPatch } from '../../domain/asset/edit-asset.ts';
import { AssetStatus } from '../../domain/asset/lifecycle.ts';
import { AssetId } from '../../domain/shared/id.ts';
import { AsOfQuery, asOfParameters } from '../http/as-of.ts';
import { HistoryQuery, historyPageOf } from '../http/history.ts';
import { defineOperation, type Operations } from '../http/operation.ts';
import { pageOf, pageParameters } from '../http/page.ts';
import { ProvenancePage, ProvenanceQuery } from '../reconciliation/provenance-page.ts';

const path = z.strictObject({ assetId: AssetId });
const facet = z.string().min(1).max(200).optional();

const AssetQuery = z.strictObject({
  ...pageParameters,
  status: AssetStatus.optional(),
  location: facet,
  holder: facet,
  costCentre: facet,
  model: facet,
  ...asOfParameters,
});
export type AssetQuery = z.output<typeof AssetQuery>;

const Transitions = z
  .strictObject({
    status: AssetStatus,
    allowed: z.array(AssetStatus),
    refused: z.array(z.strictObject({ to: AssetStatus, reason: z.string() })),
  })
  .meta({ id: 'Transitions' });

export const assetsOperations = {
  createAsset: defineOperation({
    id: 'createAsset',
    route: 'POST /assets',
    summary: 'Enter an asset into the register',
    permission: 'asset:write',
    body: NewAsset,
    success: { status: 201, schema: AssetView, location: ({ assetId }) => `/assets/${assetId}` },
    problems: ['duplicate', 'unprocessable'],
  }),
  listAssets: defineOperation({
    id: 'listAssets',
    route: 'GET /assets',
    summary:
      'Assets by status, location, holder, cost centre and model as shown, without regard to case; with asOf every asset is looked at, so that pages can be short',
    permission: 'asset:read',
    query: AssetQuery,
    success: { status: 200, schema: pageOf('AssetPage', AssetView) },
    problems: [],
  }),
  getAsset: defineOperation({
    id: 'getAsset',
    route: 'GET /assets/{assetId}',
    summary: 'One asset, with the shown values of all its sources; with asOf as it was then',
    permission: 'asset:read',
    path,
    query: AsOfQuery,
    success: { status: 200, schema: AssetView },
    problems: ['not-found', 'conflict', 'moved'],
  }),
  editAsset: defineOperation({
    id: 'editAsset',
    route: 'PATCH /assets/{assetId}',
    summary: 'Set values by hand; null gives a field back to the sources',
    permission: 'asset:write',
    path,
    body: AssetPatch,
    success: { status: 200, schema: AssetView },
    problems: ['not-found', 'duplicate', 'unprocessable', 'conflict'],
  }),
  explainAsset: defineOperation({
    id: 'explainAsset',
    route: 'GET /assets/{assetId}/provenance',
    summary: 'Why an asset shows what it shows: the word of every source per attribute, and the rule that chose',
    permission: 'asset:read',
    path,
    query: ProvenanceQuery,
    success: { status: 200, schema: ProvenancePage },
    problems: ['not-found', 'moved'],
  }),
  listAssetHistory: defineOperation({
    id: 'listAssetHistory',
    route: 'GET /assets/{assetId}/history',
    summary: 'Every version of an asset, latest first',
    permission: 'asset:read',
    path,
    query: HistoryQuery,
    success: { status: 200, schema: historyPageOf('AssetVersion', AssetView) },
    problems: ['not-found'],
  }),
  listTransitions: defineOperation({
    id: 'listTransitions',
    route: 'GET /assets/{assetId}/transitions',
    summary: 'Which status an asset may have next, and why not the others',
    permission: 'asset:read',
    path,
    query: AsOfQuery,
    success: { status: 200, schema: Transitions },
    problems: ['not-found', 'conflict', 'moved'],
  }),
  transitionAsset: defineOperation({
    id: 'transitionAsset',
    route: 'POST /assets/{assetId}/transitions',
    summary: 'Move an asset to its next status',
    permission: 'asset:transition',
    path,
    body: z.strictObject({ to: AssetStatus, reason: z.string().min(1).max(500).optional() }).meta({ id: 'Transition' }),
    success: { status: 200, schema: AssetView },
    problems: ['not-found', 'illegal-transition', 'conflict'],
  }),
} satisfies Operations;
