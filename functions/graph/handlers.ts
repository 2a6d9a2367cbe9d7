import type { Handlers } from '../http/operation.ts';
import type { ApiContext, RequestScope } from '../http/serve.ts';
import { readAdjacency } from './adjacency-reader.ts';
import { findCauses } from './causes.ts';
import { assessImpact, type Scope } from './impact.ts';
import type { graphOperations } from './operations.ts';

/** The edges as they are now. A walk through the past puts another reader here. */
const neighboursFor = ({ table, principal }: Scope) => readAdjacency(table, principal.tenant);

export const graphHandlers: Handlers<typeof graphOperations, RequestScope & ApiContext> = {
  getImpact: async ({ path, query }, scope) => ({
    root: path.ciId,
    ...(await assessImpact({ ...query, roots: [path.ciId] }, neighboursFor(scope), scope)),
  }),
  assessFailures: async ({ body: { failures, ...asked } }, scope) => {
    const roots = [...new Set(failures)];
    const question = { ...asked, roots, direction: 'downstream' as const };
    return { roots, ...(await assessImpact(question, neighboursFor(scope), scope)) };
  },
  findRootCauses: ({ body }, scope) => findCauses(body, neighboursFor(scope), scope),
};
