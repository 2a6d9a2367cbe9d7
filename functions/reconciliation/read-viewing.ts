import type { Viewing } from '../../domain/reconcile/decide-value.ts';
import { compileRules, noticing, type RuleBook } from '../../domain/reconcile/rule-book.ts';
import { healthRulesKey, sightingMs } from '../data-health/rules-key.ts';
import { momentOf } from '../http/as-of.ts';
import type { ApiContext, RequestScope } from '../http/serve.ts';
import type { Table } from '../store/table.ts';
import { rulesEntity, rulesId } from './entity.ts';

type Kept = { rules: RuleBook; healthVersion: number; readAt: number };

/** A change of the rules is seen everywhere within this time. */
const keptForMs = 5000;
const mostTenants = 500;

const keptFor = new WeakMap<Table, Map<string, Kept>>();

/**
 * By which rules this tenant's values are shown, as at `now`. The rules are one small item, read at most every five seconds in each
 * function's memory and made ready anew only when their version has moved.
 */
export const readViewing = async (table: Table, tenant: string, now: string): Promise<Viewing> => {
  const tenants = keptFor.get(table) ?? new Map<string, Kept>();
  keptFor.set(table, tenants);
  const known = tenants.get(tenant);
  const age = Date.parse(now) - (known?.readAt ?? Number.NEGATIVE_INFINITY);
  if (known !== undefined && age >= 0 && age < keptForMs) return { rules: known.rules, now };
  const { rules, healthVersion } = await readRules(table, tenant, known);
  if (tenants.size >= mostTenants) tenants.clear();
  tenants.set(tenant, { rules, healthVersion, readAt: Date.parse(now) });
  return { rules, now };
};

/** The same, for what one request shows. */
export const viewingOf = ({ table, principal, now }: Pick<RequestScope & ApiContext, 'table' | 'principal' | 'now'>) =>
  readViewing(table, principal.tenant, now);

const readRules = async (table: Table, tenant: string, known: Kept | undefined): Promise<Omit<Kept, 'readAt'>> => {
  const items = await table.getMany([rulesEntity.keyOf(tenant, rulesId), healthRulesKey(tenant)]);
  const own = items.find(({ e }) => e === rulesEntity.name);
  const health = items.find(({ e }) => e !== rulesEntity.name);
  const [version, healthVersion] = [own?.v ?? 0, health?.v ?? 0];
  if (known?.rules.version === version && known.healthVersion === healthVersion) return known;
  const rules = compileRules(own === undefined ? [] : rulesEntity.fromItem(own).value.rules, version);
  return { rules: noticing(rules, sightingMs(health)), healthVersion };
};

/** The same rules, as at the moment that a read asks about. */
export const viewingAsOf = async (
  scope: Pick<RequestScope & ApiContext, 'table' | 'principal' | 'now'>,
  query: { asOf?: string | undefined },
): Promise<Viewing> => {
  const viewing = await viewingOf(scope);
  return { ...viewing, now: momentOf(query, scope.now) ?? viewing.now };
};

/** The same rules, as at the moment when a past version was made: what was stale then. */
export const asThen = (viewing: Viewing, { change }: { change?: { at: string } }): Viewing =>
  change === undefined ? viewing : { ...viewing, now: change.at };
