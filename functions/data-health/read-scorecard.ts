import { dayOf } from '../../domain/health/judge.ts';
import { isCounted, type Recount } from '../../domain/health/recount.ts';
import { classAt, rulesByClass } from '../../domain/health/rule-book.ts';
import { countsAt, scoreOfMany } from '../../domain/health/scorecard.ts';
import { addNumbers, type Tally } from '../../domain/health/tally.ts';
import type { ApiContext, RequestScope } from '../http/serve.ts';
import { ofTenant } from '../store/entity.ts';
import { readAll } from '../store/read-all.ts';
import type { Table } from '../store/table.ts';
import { counterEntity, counterLanes, counterPrefix, recountEntity, recountId } from './entities.ts';
import { rulesOf } from './rules.ts';
import { healthRulesEntity } from './rules-entity.ts';
import { healthRulesId } from './rules-key.ts';

/** All counters of a tenant: of every lane, summed over the shards of the stream that counted. */
export const readTally = async (table: Table, tenant: string): Promise<Tally> => {
  const lanes = Array.from({ length: counterLanes }, (_, lane) => ofTenant(tenant, `${counterPrefix}${lane}`));
  const items = (await Promise.all(lanes.map((pk) => readAll(table, { pk })))).flat();
  const tally: Tally = new Map();
  for (const item of items) {
    const { slot, numbers } = counterEntity.fromItem(item).value;
    const sum = addNumbers(Object.fromEntries(tally.get(slot) ?? []), Object.entries(numbers));
    tally.set(slot, new Map(Object.entries(sum)));
  }
  return tally;
};

/** The scorecard as at today, from the counters; moments behind the records. */
export const readScorecard = async ({ table, principal, work, now }: RequestScope & ApiContext) => {
  const rules = rulesOf(await work.find(healthRulesEntity, healthRulesId, false));
  const recount = (await work.find(recountEntity, recountId, false))?.value;
  const rulesFor = rulesByClass(rules);
  const day = dayOf(now);
  const counts = countsAt(
    await readTally(table, principal.tenant),
    (generation) => isCounted(recount, generation),
    day,
  );
  const of = (name: string) => scoreOfMany(counts, rulesFor, ({ category }) => category === name);
  return {
    day,
    score: scoreOfMany(counts, rulesFor),
    categories: { completeness: of('completeness'), correctness: of('correctness'), compliance: of('compliance') },
    records: counts.reduce((sum, { records }) => sum + records, 0),
    classes: counts.map((one) => ({
      class: classAt(one.class),
      score: scoreOfMany([one], rulesFor),
      records: one.records,
      failing: rulesFor(one.class)
        .filter(({ ruleId }) => (one.failing[ruleId] ?? 0) > 0)
        .map(({ ruleId }) => ({ rule: ruleId, records: one.failing[ruleId] ?? 0 })),
    })),
    ...(recount === undefined ? {} : { recount: showRecount(recount) }),
  };
};

export const showRecount = ({ generation, state, judged, startedAt, completedAt }: Recount) => ({
  generation,
  state,
  judged,
  startedAt,
  ...(completedAt === undefined ? {} : { completedAt }),
});
