import type { Handlers } from '../http/operation.ts';
import type { SoftwareScope } from './context.ts';
import { listDetails } from './list-details.ts';
import { listProducts } from './list-products.ts';
import type { softwareOperations } from './operations.ts';
import { pageDetails } from './page-details.ts';

export const softwareHandlers: Handlers<typeof softwareOperations, SoftwareScope> = {
  listCiDetails: ({ path, query }, scope) => listDetails(path.ciId, query, scope),
  listSoftwareProducts: ({ query }, scope) => listProducts(query, scope),
  getCiDetails: ({ path, query }, scope) => pageDetails(path, query, scope),
};
