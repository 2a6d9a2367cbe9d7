import * as z from 'zod';
import { ImportRun, RunStatus } from '../import/run.ts';
import { RunId, SourceName } from '../shared/id.ts';
import { count } from '../shared/scalars.ts';
import { Timestamp } from '../shared/time.ts';
import { Duration, durationMs } from './duration.ts';

/**
 * How the uploads of a source are read where their own metadata says nothing. `snapshot`: a file lists all that the source knows, so that
 * what it does not list is missing there. `missingLimitPercent`: a run that would mark more than this share as missing is held (20).
 * `expectedEvery`: how often an upload is expected.
 */
export const SourceSettings = z
  .strictObject({
    snapshot: z.boolean().optional(),
    missingLimitPercent: z.int().min(1).max(100).optional(),
    expectedEvery: Duration.optional(),
    defaultProfile: z.string().min(1).max(100).optional(),
    format: z.string().min(1).max(100).optional(),
    mode: z.enum(['apply', 'plan']).optional(),
    note: z.string().max(1000).optional(),
  })
  .meta({ id: 'SourceSettings' });
export type SourceSettings = z.infer<typeof SourceSettings>;

/** A source as it is stored: made by its first upload, or when somebody first configures it. */
export const Source = z.strictObject({ source: SourceName, registeredAt: Timestamp, settings: SourceSettings });
export type Source = z.infer<typeof Source>;

const LastRun = ImportRun.pick({ runId: true, status: true, mode: true, startedAt: true, counts: true, problem: true });

/** The latest full listing: how many things of the source it listed and missed; those are told once it is that far. */
const LastSnapshot = z.strictObject({
  runId: RunId.optional(),
  storedAt: Timestamp,
  status: RunStatus.optional(),
  live: count.optional(),
  missing: count.optional(),
});

/** A source as the API shows it. `isOverdue`: no upload came in time. */
export const SourceView = Source.extend({
  lastRun: LastRun.optional(),
  lastSnapshot: LastSnapshot.optional(),
  nextExpectedAt: Timestamp.optional(),
  isOverdue: z.boolean(),
  version: count,
  updatedAt: Timestamp.optional(),
}).meta({ id: 'Source' });
export type SourceView = z.infer<typeof SourceView>;

/** When the next upload is expected, and whether that moment has passed. */
export const expectation = (
  { settings: { expectedEvery }, registeredAt }: Source,
  lastUpload: Timestamp | undefined,
  now: Timestamp,
): Pick<SourceView, 'nextExpectedAt' | 'isOverdue'> => {
  if (expectedEvery === undefined) return { isOverdue: false };
  const since = Date.parse(lastUpload ?? registeredAt);
  const nextExpectedAt = new Date(since + durationMs(expectedEvery)).toISOString();
  return { nextExpectedAt, isOverdue: now > nextExpectedAt };
};
