import { dropRule, type ResolutionRule, showRule } from '../../domain/review/resolution-rule.ts';
import { Problem } from '../../domain/shared/problem.ts';
import type { RequestScope } from '../http/serve.ts';
import { reviewEntity, ruleListPartition } from '../plan-import/review-entity.ts';
import { ofTenant } from '../store/entity.ts';
import { type Position, readPage } from '../store/read-page.ts';
import { checkVersion } from '../store/unit-of-work.ts';
import type { ImportsContext } from './context.ts';
import type { RuleQuery } from './operations.ts';

/** A rule is named by the source and its name for the thing, in one word that fits into a path. */
const ruleIdOf = (source: string, nativeKey: string): string =>
  `${source}~${Buffer.from(nativeKey, 'utf8').toString('base64url')}`;

const readRuleId = (ruleId: string): { source: string; nativeKey: string } => {
  const at = ruleId.indexOf('~');
  return { source: ruleId.slice(0, at), nativeKey: Buffer.from(ruleId.slice(at + 1), 'base64url').toString('utf8') };
};

/** One page of the decisions that are kept for all later records of a name. */
export const listResolutionRules = async (
  { limit, cursor: after, source }: RuleQuery,
  { table, principal, cursor }: RequestScope & ImportsContext,
) => {
  const { found, next } = await readPage<ResolutionRule>(
    table,
    {
      index: 'list',
      pk: ofTenant(principal.tenant, ruleListPartition),
      ...(source === undefined ? {} : { prefix: `${source}#` }),
      limit,
      after: after === undefined ? undefined : (cursor.open(after) as Position),
    },
    async (items) => {
      const whole = new Map((await table.getMany(items)).map((item) => [`${item.pk} ${item.sk}`, item]));
      return items.map(({ pk, sk }) => {
        const item = whole.get(`${pk} ${sk}`);
        if (item === undefined) return undefined;
        const { value, version } = reviewEntity.fromItem(item);
        return showRule(value, ruleIdOf(value.source, value.nativeKey), version);
      });
    },
  );
  return next === undefined ? { items: found } : { items: found, nextCursor: cursor.seal(next) };
};

/** Stages that a rule is kept no longer; what it did stays done. Throws `not-found` where there is none. */
export const dropResolutionRule = async (
  ruleId: string,
  { work, ifMatch }: RequestScope & ImportsContext,
): Promise<ResolutionRule> => {
  const stored = await work.find(reviewEntity, readRuleId(ruleId));
  const shown = stored === undefined ? undefined : showRule(stored.value, ruleId, stored.version);
  if (stored === undefined || shown === undefined) throw new Problem('not-found', `There is no rule ${ruleId}.`);
  checkVersion(stored, ifMatch);
  const { version } = work.replace(reviewEntity, stored, dropRule(stored.value), { type: 'ResolutionRuleDropped' });
  return { ...shown, version };
};
