import packageJson from '../../package.json' with { type: 'json' };
import { describeApi } from '../http/openapi.ts';
import type { Handlers } from '../http/operation.ts';
import type { ApiContext, RequestScope } from '../http/serve.ts';
import { allOperations } from './all-operations.ts';
import type { platformOperations } from './operations.ts';

export const platformHandlers: Handlers<typeof platformOperations, RequestScope & ApiContext> = {
  getHealth: async () => ({ status: 'ok', version: packageJson.version }),
  getOpenApi: async () => describeApi(allOperations, packageJson.version),
};
