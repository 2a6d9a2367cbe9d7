import type { BaselineScope, NewBaseline } from '../../domain/baseline/baseline.ts';
import { isServiceScope } from '../../domain/baseline/frozen-ci.ts';
import { classPrefix } from '../../domain/ci/class-name.ts';
import { ciEntity } from '../cis/entity.ts';
import { loadAsOf, momentOf } from '../http/as-of.ts';
import { placeNamed } from '../model/read-class.ts';
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
export const momentFor = async (scope: BaselinesScope, asOf: string, wanted: BaselineScope): Promise<Moment> => {
  const { table, principal, clock } = scope;
  const { tenant } = principal;
  const named = isServiceScope(wanted) ? undefined : wanted.class;
  const below =
    named === undefined ? '' : classPrefix(await placeNamed({ table, tenant }, named, '#/body/scope/class'));
  const viewing = { ...(await viewingOf(scope)), now: asOf };
  return { table, tenant, asOf, viewing, clock, below };
};
