import { serve } from '../http/serve.ts';
import { createLeanContext } from '../shared/lean-context.ts';
import { unknownDevicesFunction } from './environment.ts';
import { unknownDevicesHandlers } from './handlers.ts';
import { unknownDevicesOperations } from './operations.ts';

export const handler = serve(
  unknownDevicesOperations,
  unknownDevicesHandlers,
  createLeanContext(unknownDevicesFunction),
);
