import * as z from 'zod';
import { FieldEffect } from '../../domain/reconcile/compare-rules.ts';
import { ReconciliationRule, RuleClass } from '../../domain/reconcile/rule.ts';
import { RuleSet } from '../../domain/reconcile/rule-set.ts';
import { AssetId, CiId } from '../../domain/shared/id.ts';
import { Timestamp } from '../../domain/shared/time.ts';
import { historyPageOf } from '../http/history.ts';
import { defineOperation, type Operations } from '../http/operation.ts';
import { PageQuery } from '../http/page.ts';

/** Version 0: the tenant has no rules of its own yet. `defaults` hold wherever no own rule does. */
const RulesView = z
  .strictObject({
    rules: z.array(ReconciliationRule),
    defaults: z.array(ReconciliationRule),
    version: z.int().nonnegative(),
    updatedAt: Timestamp.optional(),
  })
  .meta({ id: 'ReconciliationRules' });

const NewRules = z
  .strictObject({ rules: RuleSet, reason: z.string().min(1).max(500).optional() })
  .meta({ id: 'NewReconciliationRules' });

const PreviewRequest = z
  .strictObject({
    rules: RuleSet,
    class: RuleClass.optional(),
    limit: z.int().min(1).max(100).default(100),
    cursor: z.string().min(1).max(4000).optional(),
  })
  .meta({ id: 'RulesPreviewRequest' });
export type PreviewRequest = z.output<typeof PreviewRequest>;

/** One thing that would be shown otherwise. `changesLeftOut` counts those that found no room on the page. */
const Effect = z
  .strictObject({
    entity: z.enum(['asset', 'ci']),
    assetId: AssetId.optional(),
    ciId: CiId.optional(),
    class: RuleClass,
    changes: z.array(FieldEffect),
    changesLeftOut: z.int().positive().optional(),
  })
  .meta({ id: 'RulesEffect' });
export type Effect = z.input<typeof Effect>;

/** `scanned` things were looked at for this page; the counts are of this page. */
const Preview = z
  .strictObject({
    scanned: z.int(),
    entitiesChanged: z.int(),
    fieldsChanged: z.int(),
    items: z.array(Effect),
    nextCursor: z.string().optional(),
  })
  .meta({ id: 'RulesPreview' });
export type Preview = z.input<typeof Preview>;

export const reconciliationOperations = {
  getReconciliationRules: defineOperation({
    id: 'getReconciliationRules',
    route: 'GET /reconciliation-rules',
    summary: 'Whose value is shown: the rules of your own, and the default ones',
    permission: 'reconciliation:read',
    success: { status: 200, schema: RulesView },
    problems: [],
  }),
  putReconciliationRules: defineOperation({
    id: 'putReconciliationRules',
    route: 'PUT /reconciliation-rules',
    summary: 'Replace the rules of your own as a whole; shown everywhere within five seconds',
    permission: 'reconciliation:write',
    body: NewRules,
    success: { status: 200, schema: RulesView },
    problems: [],
  }),
  listReconciliationRulesHistory: defineOperation({
    id: 'listReconciliationRulesHistory',
    route: 'GET /reconciliation-rules/history',
    summary: 'Every version of the rules of your own, latest first',
    permission: 'reconciliation:read',
    query: PageQuery,
    success: { status: 200, schema: historyPageOf('ReconciliationRulesVersion', RulesView) },
    problems: ['not-found'],
  }),
  previewReconciliationRules: defineOperation({
    id: 'previewReconciliationRules',
    route: 'POST /reconciliation-rules/preview',
    summary: 'What these rules would show otherwise, page by page of things; no rule and no thing is written',
    permission: 'reconciliation:read',
    body: PreviewRequest,
    success: { status: 200, schema: Preview },
    problems: [],
  }),
} satisfies Operations;
