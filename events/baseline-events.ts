import * as z from 'zod';
import { defineEvent } from './event.ts';

/** What a baseline keeps is read with GET /baselines/{baselineId}/items. */
const baseline = z.strictObject({ baselineId: z.string(), name: z.string(), status: z.string(), hash: z.string() });

export const baselineCreated = defineEvent('BaselineCreated', baseline);
export const baselineContinued = defineEvent('BaselineContinued', baseline);
export const baselineRetired = defineEvent('BaselineRetired', baseline);
