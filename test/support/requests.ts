import type { OperationName, Request } from './app.ts';

export const nowhere = {
  assetId: `ast_${'q'.repeat(26)}`,
  ciId: `ci_${'q'.repeat(26)}`,
  relationshipId: `rel_${'q'.repeat(26)}_${'q'.repeat(12)}`,
};

/** A request that is right in every respect, about things that do not exist. */
export const requests: Record<OperationName, Request> = {
  createAsset: { body: {} },
  listAssets: {},
  getAsset: { path: { assetId: nowhere.assetId } },
  editAsset: { path: { assetId: nowhere.assetId }, body: {}, headers: { 'if-match': '"v1"' } },
  listAssetHistory: { path: { assetId: nowhere.assetId } },
  listTransitions: { path: { assetId: nowhere.assetId } },
  transitionAsset: { path: { assetId: nowhere.assetId }, body: { to: 'lost' } },
  createCi: { body: { class: 'server', name: 'x' } },
  listCis: {},
  getCi: { path: { ciId: nowhere.ciId } },
  editCi: { path: { ciId: nowhere.ciId }, body: {}, headers: { 'if-match': '"v1"' } },
  listCiHistory: { path: { ciId: nowhere.ciId } },
  listCiRelationships: { path: { ciId: nowhere.ciId } },
  listCiBindings: { path: { ciId: nowhere.ciId } },
  createRelationship: { body: { type: 'runs on', from: nowhere.ciId, to: `ci_${'r'.repeat(26)}` } },
  closeRelationship: { path: { relationshipId: nowhere.relationshipId }, headers: { 'if-match': '"v1"' } },
  createBinding: { body: { assetId: nowhere.assetId, ciId: nowhere.ciId } },
  getImpact: { path: { ciId: nowhere.ciId } },
  assessFailures: { body: { failures: [nowhere.ciId] } },
  findRootCauses: { body: { symptoms: [nowhere.ciId] } },
  explainAsset: { path: { assetId: nowhere.assetId } },
  explainCi: { path: { ciId: nowhere.ciId } },
  getReconciliationRules: {},
  putReconciliationRules: { body: { rules: [] }, headers: { 'if-match': '"v0"' } },
  listReconciliationRulesHistory: {},
  previewReconciliationRules: { body: { rules: [] } },
  swapAsset: {
    path: { ciId: nowhere.ciId },
    body: { assetId: nowhere.assetId, outgoingAssetTo: 'in-repair', reason: 'x' },
  },
  revertSwap: { path: { ciId: nowhere.ciId }, body: { reason: 'x' } },
  replaceCi: { path: { ciId: nowhere.ciId }, body: { byCiId: `ci_${'r'.repeat(26)}`, reason: 'x' } },
  lookUp: { query: { serial: 'NOBODY-1' } },
  createUpload: { body: { source: 'glpi', fileName: 'a.json' } },
  getHealth: {},
  getOpenApi: {},
};
