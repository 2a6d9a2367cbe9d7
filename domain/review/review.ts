import * as z from 'zod';
import { Outcome } from '../import/outcome.ts';
import { RecordOutcome } from '../import/run.ts';
import { AssetId, CiId, RunId } from '../shared/id.ts';
import { count, optionalText, text, texts } from '../shared/scalars.ts';
import { Timestamp } from '../shared/time.ts';

const ids = { ciId: CiId.optional(), assetId: AssetId.optional() };

/** What a person decides of a record that identity could not: it is this thing, it is a new one, or it is nobody's business. */
export const Resolution = z
  .strictObject({ decision: z.enum(['link', 'create', 'ignore']), ...ids, keepAsRule: z.boolean().default(false) })
  .refine(({ decision, ciId, assetId }) => (decision === 'link') === (ciId !== undefined || assetId !== undefined), {
    error: 'Send ciId or assetId with "link", and with nothing else.',
  })
  .meta({ id: 'Resolution' });
export type Resolution = z.output<typeof Resolution>;

/**
 * One thing of a source that a person is asked about, however often it comes: `open` until somebody decides or a later run makes it
 * plain; `decided` while the decision is carried out. `runId` and `recordIndex` name the record that is decided. `rule`: what later
 * records under the same name are, before identity is asked.
 */
export const Review = z
  .strictObject({
    source: text,
    nativeKey: text,
    name: optionalText,
    state: z.enum(['open', 'decided', 'closed']),
    outcome: Outcome,
    runId: RunId,
    recordIndex: count,
    candidates: RecordOutcome.shape.candidates,
    reasons: texts,
    firstSeenAt: Timestamp,
    lastSeenAt: Timestamp,
    decision: Resolution.shape.decision.optional(),
    decidedBy: optionalText,
    decidedAt: Timestamp.optional(),
    keepAsRule: z.boolean().optional(),
    ...ids,
    /** Why what was decided before could not be carried out. */
    problem: optionalText,
    rule: z.strictObject({ decision: z.enum(['link', 'ignore']), ...ids }).optional(),
  })
  .meta({ id: 'Review' });
export type Review = z.infer<typeof Review>;

/** What has been decided of a record: by a person for this very record, or by a rule for all of its name. */
export type Ruling = {
  decision: Resolution['decision'];
  ciId?: string | undefined;
  assetId?: string | undefined;
  /** Said of this very record, in the light of all that its source says: a thing that it is linked to lives. */
  byPerson?: true;
};
