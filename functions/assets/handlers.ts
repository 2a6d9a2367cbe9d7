import { assetCandidates, showAsset } from '../../domain/asset/asset-view.ts';
import { createAsset } from '../../domain/asset/create-asset.ts';
import { editAsset } from '../../domain/asset/edit-asset.ts';
import { listTransitions, transitionAsset } from '../../domain/asset/transition-asset.ts';
import { loadAsOf } from '../http/as-of.ts';
import { readHistory } from '../http/history.ts';
import type { Handlers } from '../http/operation.ts';
import type { ApiContext, RequestScope } from '../http/serve.ts';
import { moveClaims } from '../lookup/claims.ts';
import { pageProvenance } from '../reconciliation/page-provenance.ts';
import { asThen, viewingAsOf, viewingOf } from '../reconciliation/read-viewing.ts';
import { digest } from '../shared/digest.ts';
import { checkVersion } from '../store/unit-of-work.ts';
import { assetEntity } from './entity.ts';
import { listAssets } from './list-assets.ts';
import type { assetsOperations } from './operations.ts';

export const assetsHandlers: Handlers<typeof assetsOperations, RequestScope & ApiContext> = {
  createAsset: async ({ body }, scope) => {
    const { work, now, requestKey } = scope;
    const { tenant, correlationId } = work.author;
    const { asset, claims } = createAsset(body, { now, digest, tenant, requestKey, correlationId });
    await moveClaims(work, { assetId: asset.assetId }, { claims });
    return showAsset(work.create(assetEntity, asset, { type: 'AssetCreated' }), await viewingOf(scope));
  },
  listAssets: ({ query }, scope) => listAssets(query, scope),
  getAsset: async ({ path, query }, scope) =>
    showAsset(await loadAsOf(scope, assetEntity, path.assetId, query), await viewingAsOf(scope, query)),
  editAsset: async ({ path, body }, scope) => {
    const { work, now, ifMatch } = scope;
    const stored = await work.load(assetEntity, path.assetId);
    checkVersion(stored, ifMatch);
    const { asset, claims, releases } = editAsset(stored.value, body, { now, digest });
    await moveClaims(work, { assetId: asset.assetId }, { claims, releases });
    return showAsset(work.replace(assetEntity, stored, asset, { type: 'AssetUpdated' }), await viewingOf(scope));
  },
  explainAsset: async ({ path, query }, scope) => {
    const { value } = await loadAsOf(scope, assetEntity, path.assetId, query);
    return pageProvenance(assetCandidates(value), 'asset', query, scope);
  },
  listAssetHistory: async ({ path, query }, scope) => {
    const viewing = await viewingOf(scope);
    return readHistory(scope, assetEntity, path.assetId, query, (stored) => showAsset(stored, asThen(viewing, stored)));
  },
  listTransitions: async ({ path, query }, scope) => {
    const { status } = (await loadAsOf(scope, assetEntity, path.assetId, query)).value;
    return { status, ...listTransitions(status) };
  },
  transitionAsset: async ({ path, body }, scope) =>
    showAsset(
      await scope.work.update(assetEntity, path.assetId, (asset) => transitionAsset(asset, body.to), {
        type: 'AssetStatusChanged',
        reason: body.reason,
      }),
      await viewingOf(scope),
    ),
};
