import { assetBound, assetCreated, assetStatusChanged, assetUnbound, assetUpdated } from './asset-events.ts';
import { baselineContinued, baselineCreated, baselineRetired } from './baseline-events.ts';
import { ciCreated, ciUpdated, relationshipClosed, relationshipCreated, relationshipUpdated } from './ci-events.ts';
import { driftChanged, driftDecided, driftDetected, driftResolved } from './drift-events.ts';
import { healthRecountCompleted, healthRecountStarted, healthRulesChanged } from './health-events.ts';
import {
  importApplyStarted,
  importCompleted,
  importFailed,
  importHeld,
  importPlanned,
  importRejected,
  importUndone,
  importUndoStarted,
} from './import-events.ts';
import { lostAssetSeen } from './lost-asset-events.ts';
import {
  assetsMerged,
  assetsUnmerged,
  cisMerged,
  cisUnmerged,
  mergeCompleted,
  mergeProposalDecided,
  mergeProposed,
  unmergeCompleted,
} from './merge-events.ts';
import { ciClassChanged, ciClassCreated } from './model-events.ts';
import { reconciliationRulesChanged } from './reconciliation-events.ts';
import { recordResolved, resolutionRuleDropped } from './review-events.ts';
import { sourceRegistered, sourceSettingsChanged } from './source-events.ts';
import { unknownDeviceDecided, unknownDeviceDetected, unknownDeviceRecognised } from './unknown-device-events.ts';

/** Every event that Hangar publishes. The relay refuses to publish anything else. */
export const catalogue = [
  assetCreated,
  assetUpdated,
  assetStatusChanged,
  assetBound,
  assetUnbound,
  ciCreated,
  ciUpdated,
  relationshipCreated,
  relationshipUpdated,
  relationshipClosed,
  importPlanned,
  importApplyStarted,
  importCompleted,
  importRejected,
  importFailed,
  importHeld,
  importUndoStarted,
  importUndone,
  cisMerged,
  cisUnmerged,
  assetsMerged,
  assetsUnmerged,
  mergeCompleted,
  unmergeCompleted,
  mergeProposed,
  mergeProposalDecided,
  reconciliationRulesChanged,
  ciClassCreated,
  ciClassChanged,
  recordResolved,
  resolutionRuleDropped,
  lostAssetSeen,
  sourceRegistered,
  unknownDeviceDetected,
  unknownDeviceRecognised,
  unknownDeviceDecided,
  sourceSettingsChanged,
  baselineCreated,
  baselineContinued,
  baselineRetired,
  healthRulesChanged,
  healthRecountStarted,
  healthRecountCompleted,
  driftDetected,
  driftChanged,
  driftResolved,
  driftDecided,
] as const;
