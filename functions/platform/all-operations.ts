import { assetsOperations } from '../assets/operations.ts';
import { baselinesOperations } from '../baselines/operations.ts';
import { bindingsOperations } from '../bindings/operations.ts';
import { cisOperations } from '../cis/operations.ts';
import { dataHealthOperations } from '../data-health/operations.ts';
import { driftOperations } from '../drift/operations.ts';
import { graphOperations } from '../graph/operations.ts';
import type { Operation } from '../http/operation.ts';
import { importsOperations } from '../imports/operations.ts';
import { lookupOperations } from '../lookup/operations.ts';
import { mapsOperations } from '../maps/operations.ts';
import { mergesOperations } from '../merges/operations.ts';
import { modelOperations } from '../model/operations.ts';
import { reconciliationOperations } from '../reconciliation/operations.ts';
import { relationshipsOperations } from '../relationships/operations.ts';
import { sightingsOperations } from '../sightings/operations.ts';
import { softwareOperations } from '../software/operations.ts';
import { sourcesOperations } from '../sources/operations.ts';
import { swapsOperations } from '../swaps/operations.ts';
import { unknownDevicesOperations } from '../unknown-devices/operations.ts';
import { uploadsOperations } from '../uploads/operations.ts';
import { platformOperations } from './operations.ts';

/** Every operation of the API: what the contract is written from. A test holds it against the deployed functions. */
export const allOperations: readonly Operation[] = [
  assetsOperations,
  cisOperations,
  relationshipsOperations,
  bindingsOperations,
  swapsOperations,
  graphOperations,
  mapsOperations,
  baselinesOperations,
  driftOperations,
  importsOperations,
  sightingsOperations,
  sourcesOperations,
  unknownDevicesOperations,
  uploadsOperations,
  reconciliationOperations,
  modelOperations,
  dataHealthOperations,
  mergesOperations,
  softwareOperations,
  lookupOperations,
  platformOperations,
].flatMap((operations) => Object.values(operations) as Operation[]);
