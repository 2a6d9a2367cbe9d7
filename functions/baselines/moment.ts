import type { NewBaseline } from '../../domain/baseline/baseline.ts';
import { isServiceScope } from '../../domain/baseline/frozen-ci.ts';
import { ciEntity } from '../cis/entity.ts';
import { loadAsOf, momentOf } from '../http/as-of.ts';
import { viewingOf } from '../reconciliation/read-viewing.ts';
import type { BaselinesScope } from './context.ts';
import type { Moment } from './members.ts';

/** The moment to freeze (UTC, milliseconds). Throws for a moment to come, and for a service that was not there then. */
export const checkScope = async ({ asOf, scope: wanted }: NewBaseline, scope: BaselinesScope): Promise<string> => {
  const moment = momentOf({ asOf }, scope.now, 'body');
  if (isServiceScope(wanted)) await loadAsOf(scope, ciEntity, wanted.service, { asOf: moment });
  return moment ?? scope.now;
};

/** How CIs are looked at as of a moment: by the present rules, with what was stale then. */
export const momentFor = async (scope: BaselinesScope, asOf: string): Promise<Moment> => {
  const viewing = { ...(await viewingOf(scope)), now: asOf };
  return { table: scope.table, tenant: scope.principal.tenant, asOf, viewing, clock: scope.clock };
};
