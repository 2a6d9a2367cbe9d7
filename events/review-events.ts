import * as z from 'zod';
import { AssetId, CiId, RunId } from '../domain/shared/id.ts';
import { defineEvent } from './event.ts';

/** A person has decided what a record is: this thing, a new one, or nobody's business. */
export const recordResolved = defineEvent(
  'RecordResolved',
  z.strictObject({
    source: z.string(),
    nativeKey: z.string(),
    runId: RunId,
    recordIndex: z.int(),
    decision: z.enum(['link', 'create', 'ignore']),
    ciId: CiId.optional(),
    assetId: AssetId.optional(),
    keepAsRule: z.boolean(),
  }),
);

/** A decision is kept no longer: the next record of the name is asked about again. */
export const resolutionRuleDropped = defineEvent(
  'ResolutionRuleDropped',
  z.strictObject({ source: z.string(), nativeKey: z.string() }),
);
