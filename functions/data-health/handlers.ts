import { dayOf, judge } from '../../domain/health/judge.ts';
import { nextRecount } from '../../domain/health/recount.ts';
import { classAt, rulesByClass } from '../../domain/health/rule-book.ts';
import { scoreOf } from '../../domain/health/scorecard.ts';
import { Problem } from '../../domain/shared/problem.ts';
import { assetEntity } from '../assets/entity.ts';
import { ciEntity } from '../cis/entity.ts';
import { readHistory } from '../http/history.ts';
import type { Handlers } from '../http/operation.ts';
import type { ApiContext, RequestScope } from '../http/serve.ts';
import { recountEntity, recountId } from './entities.ts';
import { readEvidence } from './evidence.ts';
import { listFailures } from './failures.ts';
import type { dataHealthOperations } from './operations.ts';
import { readScorecard, showRecount } from './read-scorecard.ts';
import { putRule, removeRule, rulesOf, showRules } from './rules.ts';
import { healthRulesEntity } from './rules-entity.ts';
import { healthRulesId } from './rules-key.ts';

type Scope = RequestScope & ApiContext;

export const dataHealthHandlers: Handlers<typeof dataHealthOperations, Scope> = {
  getDataHealth: (_input, scope) => readScorecard(scope),
  listHealthFailures: ({ query }, scope) => listFailures(query, scope),
  getHealthRules: async (_input, { work }) => showRules(await work.find(healthRulesEntity, healthRulesId)),
  listHealthRulesHistory: ({ query }, scope) => readHistory(scope, healthRulesEntity, healthRulesId, query, showRules),
  putHealthRule: ({ path, body }, scope) => putRule(path.ruleId, body, scope),
  deleteHealthRule: ({ path }, scope) => removeRule(path.ruleId, scope),
  startHealthRecount: async ({ body }, { work, now }) => {
    const [stored, rules] = [
      await work.find(recountEntity, recountId),
      await work.find(healthRulesEntity, healthRulesId),
    ];
    if (stored?.value.state === 'running') {
      throw new Problem('conflict', 'A recount is running.', { fix: 'GET /data-health tells when it is completed.' });
    }
    const { by, correlationId } = work.author;
    const next = nextRecount(stored?.value, rules?.version ?? 0, { by, correlationId, at: now }, body.rebuildsPages);
    const intent = { type: 'HealthRecountStarted' };
    if (stored === undefined) work.create(recountEntity, next, intent);
    else work.replace(recountEntity, stored, next, intent);
    return showRecount(next);
  },
  getCiHealth: ({ path }, scope) => recordHealth(path.ciId, 'ci', scope),
  getAssetHealth: ({ path }, scope) => recordHealth(path.assetId, 'asset', scope),
};

/** Judged as it stands now, by the rules as they are now: it does not wait for the counters. */
const recordHealth = async (id: string, kind: 'ci' | 'asset', { table, principal, work, now }: Scope) => {
  const rulesFor = rulesByClass(rulesOf(await work.find(healthRulesEntity, healthRulesId)));
  const [found] = await readEvidence(table, principal.tenant, [id], rulesFor, (_id, error) => {
    throw error;
  });
  if (found === undefined) throw new Problem('not-found', `There is no ${kind} ${id}.`);
  if (!found.facts.live) await (kind === 'ci' ? work.read(ciEntity, id) : work.read(assetEntity, id));
  const { facts, around } = found;
  const findings = judge(facts, around, rulesFor);
  const failing = findings.filter(({ from }) => from === undefined || from <= dayOf(now));
  const rules = facts.live ? rulesFor(facts.class) : [];
  const due = findings.find(({ from }) => from !== undefined)?.from;
  return {
    ...(kind === 'ci' ? { ciId: id } : { assetId: id }),
    class: classAt(facts.class),
    judged: facts.live,
    score: scoreOf(rules, failing),
    failing: failing.map(({ rule: { ruleId, title, category, severity, weight, fix }, pointer, found }) => ({
      rule: ruleId,
      title,
      category,
      severity,
      weight,
      pointer,
      found,
      fix,
    })),
    passed: rules.filter((rule) => !failing.some((one) => one.rule === rule)).map(({ ruleId }) => ruleId),
    ...(due === undefined ? {} : { staleFrom: due }),
  };
};
