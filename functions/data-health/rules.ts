import { builtInRules } from '../../domain/health/built-in-rules.ts';
import { faultOf } from '../../domain/health/condition.ts';
import type { HealthRule, TenantRules } from '../../domain/health/health-rule.ts';
import { allRules, noTenantRules, shortestSightingDays } from '../../domain/health/rule-book.ts';
import { Problem } from '../../domain/shared/problem.ts';
import type { ApiContext, RequestScope } from '../http/serve.ts';
import { placeNamed } from '../model/read-class.ts';
import type { Stored } from '../store/entity.ts';
import { checkVersion } from '../store/unit-of-work.ts';
import type { PutRule } from './operations.ts';
import { healthRulesEntity } from './rules-entity.ts';
import { healthRulesId } from './rules-key.ts';

type Scope = RequestScope & ApiContext;
type StoredRules = Stored<TenantRules> | undefined;

/** A record that fails them all is written in one transaction, which has room for 100. */
const mostOwn = 50;

export const rulesOf = (stored: StoredRules): HealthRule[] => allRules(stored?.value ?? noTenantRules);

export const showRules = (stored: StoredRules) => ({
  rules: rulesOf(stored),
  version: stored?.version ?? 0,
  ...(stored?.change === undefined ? {} : { updatedAt: stored.change.at }),
});

/** Changes a rule that Hangar comes with, or sets one of the tenant's own. The record of the new version begins a recount. */
export const putRule = async (ruleId: string, body: PutRule, scope: Scope) => {
  const builtIn = builtInRules.find((rule) => rule.ruleId === ruleId);
  if ('own' in body) await checkClasses(body.own.classes, scope);
  return replaceRules(scope, body.reason, ({ changed, own }) => {
    if ('change' in body) {
      if (builtIn === undefined)
        throw wrongKind(`Hangar comes with no rule ${ruleId}.`, 'To write your own, send own.');
      const { days, daysByClass } = body.change;
      if (builtIn.check.kind !== 'seen' && (days !== undefined || daysByClass !== undefined))
        throw refused('#/body/change/days', `${ruleId} does not look at days.`);
      return { own, changed: { ...changed, [ruleId]: body.change } };
    }
    if (builtIn !== undefined)
      throw wrongKind(
        `Hangar comes with the rule ${ruleId}.`,
        'To change it, send change; for your own, take another id.',
      );
    const fault = faultOf(body.own.condition);
    if (fault !== undefined) throw refused('#/body/own/condition', fault);
    const next = { ...own, [ruleId]: body.own };
    if (Object.keys(next).length > mostOwn)
      throw refused('#/body/own', `There are ${mostOwn} rules of your own already.`);
    return { changed, own: next };
  });
};

export const removeRule = (ruleId: string, scope: Scope) =>
  replaceRules(scope, undefined, ({ changed, own }) => {
    if (!Object.hasOwn(changed, ruleId) && !Object.hasOwn(own, ruleId)) {
      throw new Problem('not-found', `You have neither changed nor made a rule ${ruleId}.`, {
        fix: 'To switch off a rule that Hangar comes with, PUT it with change.enabled false.',
      });
    }
    const { [ruleId]: _changed, ...otherChanged } = changed;
    const { [ruleId]: _own, ...otherOwn } = own;
    return { changed: otherChanged, own: otherOwn };
  });

const checkClasses = async (classes: readonly string[], { table, principal }: Scope): Promise<void> => {
  for (const [n, name] of classes.entries()) {
    if (name === 'asset' || name === 'ci') continue;
    await placeNamed({ table, tenant: principal.tenant }, name, `#/body/own/classes/${n}`);
  }
};

const replaceRules = async (
  { work, ifMatch }: Scope,
  reason: string | undefined,
  decide: (rules: TenantRules) => TenantRules,
) => {
  const stored = await work.find(healthRulesEntity, healthRulesId);
  checkVersion({ version: stored?.version ?? 0 }, ifMatch);
  const intent = { type: 'HealthRulesChanged', reason };
  const { changed, own } = decide(stored?.value ?? noTenantRules);
  const sightingDays = shortestSightingDays(allRules({ changed, own }));
  const next = { changed, own, ...(sightingDays === undefined ? {} : { sightingDays }) };
  return showRules(
    stored === undefined
      ? work.create(healthRulesEntity, next, intent)
      : work.replace(healthRulesEntity, stored, next, intent),
  );
};

const refused = (pointer: string, detail: string) =>
  new Problem('unprocessable', 'The rule cannot be used.', { errors: [{ pointer, detail }] });

const wrongKind = (detail: string, fix: string) =>
  new Problem('unprocessable', detail, { errors: [{ pointer: '#/path/ruleId', detail }], fix });
