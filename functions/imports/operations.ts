import * as z from 'zod';
import { Outcome } from '../../domain/import/outcome.ts';
import { ImportRun, RecordOutcome, RunStatus } from '../../domain/import/run.ts';
import { ResolutionRule } from '../../domain/review/resolution-rule.ts';
import { Resolution, Review } from '../../domain/review/review.ts';
import { RunId, SourceName } from '../../domain/shared/id.ts';
import { defineOperation, type Operations } from '../http/operation.ts';
import { pageOf, pageParameters } from '../http/page.ts';

const path = z.strictObject({ runId: RunId });

const RunQuery = z.strictObject({ ...pageParameters, source: SourceName.optional(), status: RunStatus.optional() });
export type RunQuery = z.output<typeof RunQuery>;

/** `phase=undo`: what undoing the run did with each record that it took something back of, or would not. */
const RecordQuery = z.strictObject({
  ...pageParameters,
  outcome: Outcome.optional(),
  phase: z.enum(['import', 'undo']).default('import'),
});
export type RecordQuery = z.output<typeof RecordQuery>;

const ReviewQuery = z.strictObject({
  ...pageParameters,
  outcome: z.enum(['ambiguous', 'held', 'refused']).optional(),
  source: SourceName.optional(),
});

const RuleQuery = z.strictObject({ ...pageParameters, source: SourceName.optional() });
export type RuleQuery = z.output<typeof RuleQuery>;

export const importsOperations = {
  listImports: defineOperation({
    id: 'listImports',
    route: 'GET /imports',
    summary: 'Import runs, latest first',
    permission: 'import:read',
    query: RunQuery,
    success: { status: 200, schema: pageOf('ImportRunPage', ImportRun) },
    problems: [],
  }),
  getImport: defineOperation({
    id: 'getImport',
    route: 'GET /imports/{runId}',
    summary: 'One import run: how far it is and what it did',
    permission: 'import:read',
    path,
    success: { status: 200, schema: ImportRun },
    problems: ['not-found'],
  }),
  listImportRecords: defineOperation({
    id: 'listImportRecords',
    route: 'GET /imports/{runId}/records',
    summary: 'What became of each record of a run, by which rule, and what it changed',
    permission: 'import:read',
    path,
    query: RecordQuery,
    success: { status: 200, schema: pageOf('RecordOutcomePage', RecordOutcome) },
    problems: ['not-found'],
  }),
  applyImport: defineOperation({
    id: 'applyImport',
    route: 'POST /imports/{runId}/apply',
    summary: 'Carry out a plan; confirm a run that is held for absence; go on with one that failed',
    permission: 'import:decide',
    path,
    success: { status: 202, schema: ImportRun },
    problems: ['not-found', 'conflict'],
  }),
  undoImport: defineOperation({
    id: 'undoImport',
    route: 'POST /imports/{runId}/undo',
    summary:
      'Take back one run as a unit; what has changed since stays and is listed; one whose undoing failed goes on',
    permission: 'import:decide',
    path,
    success: { status: 202, schema: ImportRun },
    problems: ['not-found', 'conflict'],
  }),
  resolveRecord: defineOperation({
    id: 'resolveRecord',
    route: 'POST /imports/{runId}/records/{recordIndex}/resolution',
    summary: 'Decide what an ambiguous or held record is',
    permission: 'import:decide',
    path: path.extend({ recordIndex: z.coerce.number().int().min(0) }),
    body: Resolution,
    success: { status: 202, schema: Review },
    problems: ['not-found', 'conflict', 'unprocessable'],
  }),
  listReviewQueue: defineOperation({
    id: 'listReviewQueue',
    route: 'GET /review-queue',
    summary: 'What a person has to decide, oldest first: one entry per thing of a source',
    permission: 'import:read',
    query: ReviewQuery,
    success: { status: 200, schema: pageOf('ReviewPage', Review) },
    problems: [],
  }),
  listResolutionRules: defineOperation({
    id: 'listResolutionRules',
    route: 'GET /resolution-rules',
    summary: 'Decisions that are kept for all later records of a name',
    permission: 'import:read',
    query: RuleQuery,
    success: { status: 200, schema: pageOf('ResolutionRulePage', ResolutionRule) },
    problems: [],
  }),
  dropResolutionRule: defineOperation({
    id: 'dropResolutionRule',
    route: 'DELETE /resolution-rules/{ruleId}',
    summary: 'Keep a decision no longer; what it did stays done',
    permission: 'import:decide',
    path: z.strictObject({ ruleId: z.string().regex(/^[a-z0-9._-]{1,63}~[\w-]{1,1100}$/) }),
    success: { status: 200, schema: ResolutionRule },
    problems: ['not-found'],
  }),
} satisfies Operations;
