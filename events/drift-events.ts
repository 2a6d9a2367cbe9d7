import * as z from 'zod';
import { CiId } from '../domain/shared/id.ts';
import { defineEvent } from './event.ts';

/** What both sides say is read with GET /drift-findings?ciId=. `occurrences` grows each time the same difference comes up again. */
const finding = z.strictObject({
  findingId: z.string(),
  ciId: CiId,
  class: z.string(),
  kind: z.string(),
  subject: z.string(),
  otherCiId: CiId.optional(),
  state: z.string(),
  occurrences: z.int(),
});

export const driftDetected = defineEvent('DriftDetected', finding);
export const driftChanged = defineEvent('DriftChanged', finding);
export const driftResolved = defineEvent('DriftResolved', finding);
export const driftDecided = defineEvent('DriftDecided', finding);
