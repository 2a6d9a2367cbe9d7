import * as z from 'zod';
import { defineEvent } from './event.ts';

/** What there is now is read with GET /ci-classes/{class}. */
const subject = z.strictObject({ name: z.string(), builtIn: z.string(), retired: z.boolean().optional() });

export const ciClassCreated = defineEvent('CiClassCreated', subject);
export const ciClassChanged = defineEvent('CiClassChanged', subject);
