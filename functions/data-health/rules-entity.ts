import { TenantRules } from '../../domain/health/health-rule.ts';
import { defineEntity } from '../store/entity.ts';
import { healthRulesId, healthRulesPartition } from './rules-key.ts';

/** A tenant has one set of health rules. */
export const healthRulesEntity = defineEntity<TenantRules, typeof healthRulesId>({
  name: 'health rules',
  schema: TenantRules,
  tracked: true,
  id: () => healthRulesId,
  key: () => ({ pk: healthRulesPartition, sk: '#' }),
  chart: "the tenant's own health rules, and its changes to those of Hangar",
});
