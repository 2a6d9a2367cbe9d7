import { allRules, noTenantRules, type RulesFor, rulesByClass } from '../../domain/health/rule-book.ts';
import { recountEntity, recountId } from '../data-health/entities.ts';
import { healthRulesEntity } from '../data-health/rules-entity.ts';
import { healthRulesId } from '../data-health/rules-key.ts';
import type { Table } from '../store/table.ts';

/** By which rules records are judged now, and in which generation they are counted. */
export const readRuling = async (table: Table, tenant: string): Promise<{ rulesFor: RulesFor; generation: number }> => {
  const items = await table.getMany(
    [healthRulesEntity.keyOf(tenant, healthRulesId), recountEntity.keyOf(tenant, recountId)],
    { consistent: true },
  );
  const rules = items.find(({ e }) => e === healthRulesEntity.name);
  const recount = items.find(({ e }) => e === recountEntity.name);
  return {
    rulesFor: rulesByClass(allRules(rules === undefined ? noTenantRules : healthRulesEntity.fromItem(rules).value)),
    generation: recount === undefined ? 0 : recountEntity.fromItem(recount).value.generation,
  };
};
