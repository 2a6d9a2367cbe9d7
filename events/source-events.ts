import * as z from 'zod';
import { SourceName } from '../domain/shared/id.ts';
import { defineEvent } from './event.ts';

const subject = z.strictObject({
  source: SourceName,
  settings: z.strictObject({
    snapshot: z.boolean().optional(),
    missingLimitPercent: z.int().optional(),
    expectedEvery: z.string().optional(),
    defaultProfile: z.string().optional(),
    format: z.string().optional(),
    mode: z.enum(['apply', 'plan']).optional(),
    note: z.string().optional(),
  }),
});

/** A source has uploaded for the first time. */
export const sourceRegistered = defineEvent('SourceRegistered', subject);
/** Somebody has said how the uploads of a source are read from now on. */
export const sourceSettingsChanged = defineEvent('SourceSettingsChanged', subject);
