import { ofTenant } from '../store/entity.ts';
import type { Item, Key } from '../store/table.ts';

export const healthRulesId = 'health-rules';
export const healthRulesPartition = `REF#${healthRulesId}`;

const dayMs = 86_400_000;

/** Where a tenant's health rules are, for those who need no more of them than `sightingMs`: their schemas are many. */
export const healthRulesKey = (tenant: string): Key => ({ pk: ofTenant(tenant, healthRulesPartition), sk: '#' });

/** The shortest time after which the rules find a record stale. */
export const sightingMs = (rules: Item | undefined): number | undefined => {
  const { sightingDays } = (rules?.d ?? {}) as { sightingDays?: number };
  return sightingDays === undefined ? undefined : sightingDays * dayMs;
};
