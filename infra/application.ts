import { aggregateTrigger } from '../functions/aggregate/contracts.ts';
import { aggregateFunction } from '../functions/aggregate/environment.ts';
import { applyImportTrigger } from '../functions/apply-import/contracts.ts';
import { applyImportFunction } from '../functions/apply-import/environment.ts';
import { assetsFunction } from '../functions/assets/environment.ts';
import { assetsOperations } from '../functions/assets/operations.ts';
import { baselinesFunction } from '../functions/baselines/environment.ts';
import { baselinesOperations } from '../functions/baselines/operations.ts';
import { bindingsFunction } from '../functions/bindings/environment.ts';
import { bindingsOperations } from '../functions/bindings/operations.ts';
import type { Trigger } from '../functions/bus/contracts.ts';
import { cisFunction } from '../functions/cis/environment.ts';
import { cisOperations } from '../functions/cis/operations.ts';
import { dataHealthFunction } from '../functions/data-health/environment.ts';
import { dataHealthOperations } from '../functions/data-health/operations.ts';
import { driftFunction } from '../functions/drift/environment.ts';
import { driftOperations } from '../functions/drift/operations.ts';
import { failImportTrigger } from '../functions/fail-import/contracts.ts';
import { failImportFunction } from '../functions/fail-import/environment.ts';
import { failPlanningTrigger } from '../functions/fail-planning/contracts.ts';
import { failPlanningFunction } from '../functions/fail-planning/environment.ts';
import { graphFunction } from '../functions/graph/environment.ts';
import { graphOperations } from '../functions/graph/operations.ts';
import type { Operations } from '../functions/http/operation.ts';
import { importsFunction } from '../functions/imports/environment.ts';
import { importsOperations } from '../functions/imports/operations.ts';
import { lookupFunction } from '../functions/lookup/environment.ts';
import { lookupOperations } from '../functions/lookup/operations.ts';
import { mapsFunction } from '../functions/maps/environment.ts';
import { mapsOperations } from '../functions/maps/operations.ts';
import { mergesFunction } from '../functions/merges/environment.ts';
import { mergesOperations } from '../functions/merges/operations.ts';
import { modelFunction } from '../functions/model/environment.ts';
import { modelOperations } from '../functions/model/operations.ts';
import { planDocumentsTrigger } from '../functions/plan-documents/contracts.ts';
import { planDocumentsFunction } from '../functions/plan-documents/environment.ts';
import { planImportTrigger } from '../functions/plan-import/contracts.ts';
import { planImportFunction } from '../functions/plan-import/environment.ts';
import { planRegistersTrigger } from '../functions/plan-registers/contracts.ts';
import { planRegistersFunction } from '../functions/plan-registers/environment.ts';
import { platformFunction } from '../functions/platform/environment.ts';
import { platformOperations } from '../functions/platform/operations.ts';
import { reconciliationFunction } from '../functions/reconciliation/environment.ts';
import { reconciliationOperations } from '../functions/reconciliation/operations.ts';
import { relationshipsFunction } from '../functions/relationships/environment.ts';
import { relationshipsOperations } from '../functions/relationships/operations.ts';
import { relayTrigger } from '../functions/relay/contracts.ts';
import { relayFunction } from '../functions/relay/environment.ts';
import type { FunctionSettings } from '../functions/shared/environment.ts';
import { sightingsFunction } from '../functions/sightings/environment.ts';
import { sightingsOperations } from '../functions/sightings/operations.ts';
import { softwareFunction } from '../functions/software/environment.ts';
import { softwareOperations } from '../functions/software/operations.ts';
import { sourcesFunction } from '../functions/sources/environment.ts';
import { sourcesOperations } from '../functions/sources/operations.ts';
import { swapsFunction } from '../functions/swaps/environment.ts';
import { swapsOperations } from '../functions/swaps/operations.ts';
import { unknownDevicesFunction } from '../functions/unknown-devices/environment.ts';
import { unknownDevicesOperations } from '../functions/unknown-devices/operations.ts';
import { uploadsFunction } from '../functions/uploads/environment.ts';
import { uploadsOperations } from '../functions/uploads/operations.ts';

export type ApiFunction = { settings: FunctionSettings; operations: Operations };
export type Consumer = { settings: FunctionSettings; trigger: Trigger };

/**
 * Every deployed function, once. The CDK app and the local stack both read this list and nothing else: what is missing here is
 * missing in both. The entry point of a function is `functions/<name>/index.ts`, its export `handler`.
 */
export const apiFunctions: readonly ApiFunction[] = [
  { settings: assetsFunction, operations: assetsOperations },
  { settings: cisFunction, operations: cisOperations },
  { settings: relationshipsFunction, operations: relationshipsOperations },
  { settings: bindingsFunction, operations: bindingsOperations },
  { settings: swapsFunction, operations: swapsOperations },
  { settings: graphFunction, operations: graphOperations },
  { settings: mapsFunction, operations: mapsOperations },
  { settings: baselinesFunction, operations: baselinesOperations },
  { settings: driftFunction, operations: driftOperations },
  { settings: importsFunction, operations: importsOperations },
  { settings: sightingsFunction, operations: sightingsOperations },
  { settings: sourcesFunction, operations: sourcesOperations },
  { settings: unknownDevicesFunction, operations: unknownDevicesOperations },
  { settings: uploadsFunction, operations: uploadsOperations },
  { settings: reconciliationFunction, operations: reconciliationOperations },
  { settings: modelFunction, operations: modelOperations },
  { settings: dataHealthFunction, operations: dataHealthOperations },
  { settings: mergesFunction, operations: mergesOperations },
  { settings: softwareFunction, operations: softwareOperations },
  { settings: lookupFunction, operations: lookupOperations },
  { settings: platformFunction, operations: platformOperations },
];

export const consumers: readonly Consumer[] = [
  { settings: planImportFunction, trigger: planImportTrigger },
  { settings: planDocumentsFunction, trigger: planDocumentsTrigger },
  { settings: planRegistersFunction, trigger: planRegistersTrigger },
  { settings: applyImportFunction, trigger: applyImportTrigger },
  { settings: failImportFunction, trigger: failImportTrigger },
  { settings: failPlanningFunction, trigger: failPlanningTrigger },
  { settings: relayFunction, trigger: relayTrigger },
  { settings: aggregateFunction, trigger: aggregateTrigger },
];
