import * as z from 'zod';
import { ClassName } from '../../domain/ci/class-name.ts';
import {
  BuiltInChange,
  HealthCategory,
  HealthRule,
  HealthRuleId,
  HealthSeverity,
  OwnRule,
} from '../../domain/health/health-rule.ts';
import { Recount } from '../../domain/health/recount.ts';
import { AssetId, CiId } from '../../domain/shared/id.ts';
import { CalendarDate, Timestamp } from '../../domain/shared/time.ts';
import { historyPageOf } from '../http/history.ts';
import { defineOperation, type Operations } from '../http/operation.ts';
import { PageQuery, pageOf, pageParameters } from '../http/page.ts';

const Score = z.int().min(0).max(100);
const Reason = z.string().min(1).max(500).optional();

const RecountView = Recount.pick({ generation: true, state: true, judged: true, startedAt: true, completedAt: true })
  .extend({ completedAt: Timestamp.optional() })
  .meta({ id: 'HealthRecount' });

const Categories = z.strictObject({ completeness: Score, correctness: Score, compliance: Score });

/** `failing` names only the rules that any record fails. Scores are 0 to 100. */
const Scorecard = z
  .strictObject({
    day: CalendarDate,
    score: Score,
    categories: Categories,
    records: z.int(),
    classes: z.array(
      z.strictObject({
        class: z.string(),
        score: Score,
        records: z.int(),
        failing: z.array(z.strictObject({ rule: z.string(), records: z.int() })),
      }),
    ),
    recount: RecountView.optional(),
  })
  .meta({ id: 'DataHealth' });

const Finding = z.strictObject({
  rule: z.string(),
  title: z.string(),
  category: HealthCategory,
  severity: HealthSeverity,
  weight: z.int(),
  pointer: z.string(),
  found: z.string(),
  fix: z.string(),
});

/** `judged`: false for what is retired or disposed. `staleFrom`: the day on which it will fail if no source speaks of it before. */
const RecordHealth = z
  .strictObject({
    ciId: CiId.optional(),
    assetId: AssetId.optional(),
    class: z.string(),
    judged: z.boolean(),
    score: Score,
    failing: z.array(Finding),
    passed: z.array(z.string()),
    staleFrom: CalendarDate.optional(),
  })
  .meta({ id: 'RecordHealth' });

const Rules = z
  .strictObject({ rules: z.array(HealthRule), version: z.int().nonnegative(), updatedAt: Timestamp.optional() })
  .meta({ id: 'HealthRules' });

/** For a rule that Hangar comes with `change`, for one of your own `own`. */
const PutRule = z
  .union([z.strictObject({ change: BuiltInChange, reason: Reason }), z.strictObject({ own: OwnRule, reason: Reason })])
  .meta({ id: 'PutHealthRule' });
export type PutRule = z.output<typeof PutRule>;

/** `rebuildsPages`: make the pages of edges that maps and impact are read from anew too, for pages that were lost. */
const NewRecount = z.strictObject({ rebuildsPages: z.boolean().default(false) }).meta({ id: 'NewHealthRecount' });

const FailureView = z
  .strictObject({
    rule: z.string(),
    class: z.string(),
    ciId: CiId.optional(),
    assetId: AssetId.optional(),
    since: CalendarDate.optional(),
  })
  .meta({ id: 'HealthFailure' });

const FailureQuery = z.strictObject({ ...pageParameters, rule: HealthRuleId, class: ClassName.optional() });
export type FailureQuery = z.output<typeof FailureQuery>;

export const dataHealthOperations = {
  getDataHealth: defineOperation({
    id: 'getDataHealth',
    route: 'GET /data-health',
    summary: 'The scorecard: how many records of each class fail which rule today',
    permission: 'health:read',
    success: { status: 200, schema: Scorecard },
    problems: [],
  }),
  listHealthFailures: defineOperation({
    id: 'listHealthFailures',
    route: 'GET /data-health/failures',
    summary: 'The records that fail a rule, of all classes or of one and those below it',
    permission: 'health:read',
    query: FailureQuery,
    success: { status: 200, schema: pageOf('HealthFailurePage', FailureView) },
    problems: ['not-found', 'unprocessable'],
  }),
  getHealthRules: defineOperation({
    id: 'getHealthRules',
    route: 'GET /data-health/rules',
    summary: 'All health rules: those Hangar comes with, as you changed them, and your own',
    permission: 'health:read',
    success: { status: 200, schema: Rules },
    problems: [],
  }),
  listHealthRulesHistory: defineOperation({
    id: 'listHealthRulesHistory',
    route: 'GET /data-health/rules/history',
    summary: 'Every version of your health rules, latest first',
    permission: 'health:read',
    query: PageQuery,
    success: { status: 200, schema: historyPageOf('HealthRulesVersion', Rules) },
    problems: ['not-found'],
  }),
  putHealthRule: defineOperation({
    id: 'putHealthRule',
    route: 'PUT /data-health/rules/{ruleId}',
    summary: 'Change a rule or add one of your own; all rules share one ETag, and every record is judged anew',
    permission: 'health:write',
    path: z.strictObject({ ruleId: HealthRuleId }),
    body: PutRule,
    success: { status: 200, schema: Rules },
    problems: ['unprocessable'],
  }),
  deleteHealthRule: defineOperation({
    id: 'deleteHealthRule',
    route: 'DELETE /data-health/rules/{ruleId}',
    summary: 'Remove a rule of your own, or give a changed one back its defaults',
    permission: 'health:write',
    path: z.strictObject({ ruleId: HealthRuleId }),
    success: { status: 200, schema: Rules },
    problems: ['not-found'],
  }),
  startHealthRecount: defineOperation({
    id: 'startHealthRecount',
    route: 'POST /data-health/recounts',
    summary: 'Judge and count every record anew; it goes on by itself, GET /data-health tells how far it is',
    permission: 'health:write',
    body: NewRecount,
    success: { status: 202, schema: RecountView },
    problems: ['conflict'],
  }),
  getCiHealth: defineOperation({
    id: 'getCiHealth',
    route: 'GET /cis/{ciId}/health',
    summary: 'The score of a CI and each rule that it fails: where, what was found, what to do',
    permission: 'health:read',
    path: z.strictObject({ ciId: CiId }),
    success: { status: 200, schema: RecordHealth },
    problems: ['not-found', 'moved'],
  }),
  getAssetHealth: defineOperation({
    id: 'getAssetHealth',
    route: 'GET /assets/{assetId}/health',
    summary: 'The score of an asset and each rule that it fails: where, what was found, what to do',
    permission: 'health:read',
    path: z.strictObject({ assetId: AssetId }),
    success: { status: 200, schema: RecordHealth },
    problems: ['not-found', 'moved'],
  }),
} satisfies Operations;
