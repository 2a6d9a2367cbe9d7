import * as z from 'zod';
import { IdentifierType } from '../identity/identifier.ts';
import { AssetId, CiId, RunId, SourceName } from '../shared/id.ts';
import { count, optionalOrdinal, optionalText, optionalWhole, text, texts } from '../shared/scalars.ts';
import { Timestamp } from '../shared/time.ts';
import { Outcome } from './outcome.ts';

export const RunStatus = z
  .enum(['planning', 'planned', 'applying', 'completed', 'held', 'rejected', 'undone', 'failed'])
  .meta({ id: 'RunStatus' });
export type RunStatus = z.infer<typeof RunStatus>;

/** The problem of a run whose planner was given up. */
export const plannerFailed = 'planner-failed';

/** The format of a run that nobody has opened the file of. */
export const unreadFormat = 'unread';

export const RunCounts = z.strictObject({
  records: count,
  created: count,
  updated: count,
  unchanged: count,
  linked: count,
  ambiguous: count,
  held: count,
  refused: count,
  rejected: count,
});
export type RunCounts = z.infer<typeof RunCounts>;

/** Why a whole file could not be imported, in words that say what to do. */
export const RunProblem = z.strictObject({
  code: text,
  detail: text,
  line: optionalWhole,
  column: optionalWhole,
});
export type RunProblem = z.infer<typeof RunProblem>;

/** Who had a run undone, and in how many records everything was taken back or something stays because it has changed since. */
const RunUndo = z.strictObject({
  by: text,
  startedAt: Timestamp,
  finishedAt: Timestamp.optional(),
  reverted: count,
  refused: count,
});

/** One import run, as the API shows it. Made by one upload: the same object version never makes a second one. */
export const ImportRun = z
  .strictObject({
    runId: RunId,
    source: SourceName,
    format: text,
    objectKey: text,
    mode: z.enum(['apply', 'plan']),
    status: RunStatus,
    counts: RunCounts,
    startedAt: Timestamp,
    finishedAt: Timestamp.optional(),
    problem: RunProblem.optional(),
    undo: RunUndo.optional(),
  })
  .meta({ id: 'ImportRun' });
export type ImportRun = z.infer<typeof ImportRun>;

/** What a run did with one record, as the API shows it. */
export const RecordOutcome = z
  .strictObject({
    recordIndex: count,
    line: optionalOrdinal,
    outcome: Outcome,
    ciId: CiId.optional(),
    assetId: AssetId.optional(),
    matchedBy: z
      .strictObject({
        rule: text,
        identifiers: z.array(z.strictObject({ type: IdentifierType.or(z.literal('nativeKey')), value: text })),
      })
      .optional(),
    /** Of a plan: the identity rules in order, up to the one that decided, and why the others did not. */
    considered: z
      .array(
        z.strictObject({
          rule: text,
          result: z.enum(['matched', 'no-match', 'several', 'contradicted', 'not-usable']),
          why: text,
        }),
      )
      .optional(),
    candidates: z
      .array(z.strictObject({ ciId: CiId.optional(), assetId: AssetId.optional(), evidence: texts }))
      .optional(),
    changes: z
      .array(
        z.strictObject({
          entity: z.enum(['asset', 'ci', 'binding', 'relationship']),
          field: text,
          before: z.unknown().optional(),
          incoming: z.unknown().optional(),
          after: z.unknown().optional(),
          winningSource: optionalText,
        }),
      )
      .optional(),
    /** Of a plan: the versions that it was decided on. A thing that has another one when the plan is applied is not forced. */
    seen: z.strictObject({ asset: optionalWhole, ci: optionalWhole }).optional(),
    warnings: z.array(z.strictObject({ code: text, detail: text })),
    errors: z.array(
      z.strictObject({
        line: optionalWhole,
        column: optionalWhole,
        pointer: optionalText,
        value: optionalText,
        reason: text,
      }),
    ),
  })
  .meta({ id: 'RecordOutcome' });
export type RecordOutcome = z.infer<typeof RecordOutcome>;
