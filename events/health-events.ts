import * as z from 'zod';
import { defineEvent } from './event.ts';

/** The tenant's health rules were changed; what they say is read with GET /data-health/rules. */
export const healthRulesChanged = defineEvent('HealthRulesChanged', z.strictObject({}));

const recount = z.strictObject({ generation: z.int(), judged: z.int() });

/** Every record is judged anew; meanwhile the scorecard mixes what was judged before and after. */
export const healthRecountStarted = defineEvent('HealthRecountStarted', recount);
export const healthRecountCompleted = defineEvent('HealthRecountCompleted', recount);
