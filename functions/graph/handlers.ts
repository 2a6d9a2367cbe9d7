import { Problem } from '../../domain/shared/problem.ts';
import { momentOf } from '../http/as-of.ts';
import type { Handlers } from '../http/operation.ts';
import type { ApiContext, RequestScope } from '../http/serve.ts';
import { findCauses } from './causes.ts';
import { estateAt } from './estate.ts';
import { assessImpact } from './impact.ts';
import type { graphOperations } from './operations.ts';
import { realisedBy } from './realised-by.ts';

/** A question whose ids are in its body leads nowhere else: the caller is told which id to send. */
const sayInstead = async <T>(ask: () => Promise<T>): Promise<T> => {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof Problem) || error.moved === undefined) throw error;
    throw new Problem('conflict', error.detail, { fix: `Say ${error.moved.to} instead.` });
  }
};

export const graphHandlers: Handlers<typeof graphOperations, RequestScope & ApiContext> = {
  getImpact: async ({ path, query: { asOf, ...asked } }, scope) => {
    const estate = estateAt(scope, momentOf({ asOf }, scope.now));
    return { root: path.ciId, ...(await assessImpact({ ...asked, roots: [path.ciId] }, estate, scope)) };
  },
  assessFailures: async ({ body: { failures, assets, asOf, ...asked } }, scope) => {
    const estate = estateAt(scope, momentOf({ asOf }, scope.now, 'body'));
    const roots = [...new Set([...failures, ...(await realisedBy(assets, estate.asOf, scope))])];
    const question = { ...asked, roots, direction: 'downstream' as const };
    return { roots, ...(await sayInstead(() => assessImpact(question, estate, scope))) };
  },
  findRootCauses: async ({ body: { asOf, ...asked } }, scope) =>
    sayInstead(() => findCauses(asked, estateAt(scope, momentOf({ asOf }, scope.now, 'body')), scope)),
};
