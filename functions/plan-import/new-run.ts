import * as z from 'zod';
import { noCounts, type StoredRun } from '../../domain/import/stored-run.ts';
import type { StoredObject } from '../objects/object-store.ts';
import type { Upload } from './upload.ts';

/**
 * What an upload's metadata may say of how to read it. Unknown names are left unread. A `mode` that nobody knows is `unknown`: who
 * misspells `plan` does not want it applied.
 */
const Settings = z.object({
  mode: z
    .preprocess(
      (mode) => (typeof mode === 'string' ? mode.trim().toLowerCase() : mode),
      z.enum(['apply', 'plan', 'unknown']),
    )
    .default('apply')
    .catch('unknown'),
  profile: z.string().max(100).optional().catch(undefined),
  format: z.string().max(100).optional().catch(undefined),
  /** The file lists all that its source knows. */
  snapshot: z.preprocess(
    (text) => (String(text).trim().toLowerCase() === 'true' ? true : undefined),
    z.literal(true).optional(),
  ),
});

export type Settings = z.infer<typeof Settings>;

export const readSettings = (metadata: Record<string, string>): Settings => Settings.parse(metadata);

/** A run as it begins. The format is `unknown` where none recognised the content. */
export const newRun = (upload: Upload, object: StoredObject, format: string, now: string): StoredRun => ({
  runId: upload.runId,
  tenant: upload.tenant,
  source: upload.source,
  format,
  objectKey: upload.key,
  mode: readSettings(object.metadata).mode === 'apply' ? 'apply' : 'plan',
  ...(readSettings(object.metadata).snapshot === true ? { snapshot: true } : {}),
  status: 'planning',
  counts: noCounts(),
  startedAt: now,
  storedAt: object.storedAt,
  chunks: 0,
  chunksDone: 0,
  relationChunks: [],
  relationsDone: 0,
  planParts: 0,
});
