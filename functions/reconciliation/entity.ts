import * as z from 'zod';
import { ReconciliationRule } from '../../domain/reconcile/rule.ts';
import { defineEntity } from '../store/entity.ts';

const StoredRules = z.strictObject({ rules: z.array(ReconciliationRule) });
export type StoredRules = z.infer<typeof StoredRules>;

/** A tenant has one set of rules. */
export const rulesId = 'rules';

export const rulesEntity = defineEntity<StoredRules, typeof rulesId>({
  name: 'reconciliation rules',
  schema: StoredRules,
  tracked: true,
  id: () => rulesId,
  key: (id) => ({ pk: `REF#${id}`, sk: '#' }),
  chart: "the tenant's own rules on whose value is shown",
});
