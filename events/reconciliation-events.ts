import * as z from 'zod';
import { defineEvent } from './event.ts';

const rule = z.object({ class: z.string(), attribute: z.string() });

/** Which rules there are now; what they say is read with GET /reconciliation-rules. */
export const reconciliationRulesChanged = defineEvent(
  'ReconciliationRulesChanged',
  z.strictObject({ rules: z.array(rule) }),
);
