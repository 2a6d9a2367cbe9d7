import * as z from 'zod';
import { noCounts, type StoredRun } from '../../domain/import/stored-run.ts';
import type { SourceSettings } from '../../domain/sources/source.ts';
import type { StoredObject } from '../objects/object-store.ts';
import type { Upload } from './upload.ts';

/**
 * What an upload's metadata may say of how to read it. Unknown names are left unread. A `mode` that nobody knows is `unknown`: who
 * misspells `plan` does not want it applied.
 */
const Said = z.object({
  mode: z
    .preprocess(
      (mode) => (typeof mode === 'string' ? mode.trim().toLowerCase() : mode),
      z.enum(['apply', 'plan', 'unknown']).optional(),
    )
    .catch('unknown'),
  profile: z.string().max(100).optional().catch(undefined),
  format: z.string().max(100).optional().catch(undefined),
  /** The file lists all that its source knows; `false` where, for once, it does not. */
  snapshot: z.preprocess((text) => truths.get(String(text).trim().toLowerCase()), z.boolean().optional()),
});

const truths = new Map([
  ['true', true],
  ['false', false],
]);

/** How an upload is read. `snapshot`: the file lists all that its source knows. */
export type Settings = {
  mode: 'apply' | 'plan' | 'unknown';
  profile?: string;
  format?: string;
  snapshot?: true;
  missingLimitPercent?: number;
};

/** The upload's own word comes first, then that of its source's settings. */
export const readSettings = (metadata: Record<string, string>, source: SourceSettings = {}): Settings => {
  const { mode = source.mode ?? 'apply', ...said } = Said.parse(metadata);
  const profile = said.profile ?? source.defaultProfile;
  const format = said.format ?? source.format;
  const { missingLimitPercent } = source;
  return {
    mode,
    ...(profile === undefined ? {} : { profile }),
    ...(format === undefined ? {} : { format }),
    ...((said.snapshot ?? source.snapshot) === true ? { snapshot: true } : {}),
    ...(missingLimitPercent === undefined ? {} : { missingLimitPercent }),
  };
};

/** What a run keeps of that: its source's settings may change before a second planner goes on with it. */
const keptOf = ({ profile, format, missingLimitPercent }: Settings): Pick<StoredRun, 'settings'> => {
  const kept = {
    ...(profile === undefined ? {} : { profile }),
    ...(format === undefined ? {} : { format }),
    ...(missingLimitPercent === undefined ? {} : { missingLimitPercent }),
  };
  return Object.keys(kept).length === 0 ? {} : { settings: kept };
};

/** A run as it begins. The format is `unknown` where none recognised the content. */
export const newRun = (
  upload: Upload,
  object: StoredObject,
  format: string,
  now: string,
  settings: Settings = readSettings(object.metadata),
): StoredRun => ({
  runId: upload.runId,
  tenant: upload.tenant,
  source: upload.source,
  format,
  objectKey: upload.key,
  mode: settings.mode === 'apply' ? 'apply' : 'plan',
  ...(settings.snapshot === true ? { snapshot: true } : {}),
  ...keptOf(settings),
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
