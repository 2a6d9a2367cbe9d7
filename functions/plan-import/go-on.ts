import * as z from 'zod';
import type { StoredRun } from '../../domain/import/stored-run.ts';
import { RunId, SourceName, TenantId } from '../../domain/shared/id.ts';
import type { ObjectStore } from '../objects/object-store.ts';
import { goOnPrefix } from './contracts.ts';
import type { Upload } from './upload.ts';

const StoredUpload = z.strictObject({
  tenant: TenantId,
  source: SourceName,
  key: z.string(),
  version: z.string().exactOptional(),
  runId: RunId,
});

/**
 * Asks for a planner that goes on with an upload whose planner ran out of time: as an object, which S3 tells of as it tells of uploads, with
 * the same retries. Done again it is the same object: a planner that finds nothing to do asks for what is open and is done.
 */
export const goOn = (uploads: ObjectStore, upload: Upload, { runId, progress }: StoredRun): Promise<void> =>
  uploads.put(callOf(runId, progress?.turns ?? 0), JSON.stringify(upload), 'application/json');

/** Where the call for the planner that goes on after so many lies. */
export const callOf = (runId: string, turns: number): string => `${goOnPrefix}${runId}/${turns}`;

/** After how many planners the one that is called so goes on: none, where the key is that of an upload. */
export const turnsOf = (key: string): number =>
  key.startsWith(goOnPrefix) ? Number(key.slice(key.lastIndexOf('/') + 1)) : 0;

/** The upload that an object under the prefix names; undefined when the object is gone. Throws on what no planner wrote. */
export const uploadOfCall = async (
  uploads: ObjectStore,
  key: string,
  version: string | undefined,
): Promise<Upload | undefined> => {
  const object = await uploads.get(key, version);
  if (object === undefined) return undefined;
  const parts: Uint8Array[] = [];
  for await (const part of object.body) parts.push(part);
  return StoredUpload.parse(JSON.parse(Buffer.concat(parts).toString('utf8')));
};
