import * as z from 'zod';
import { idFrom, SourceName, TenantId } from '../../domain/shared/id.ts';
import type { Family } from '../imports/formats/format.ts';
import { digest } from '../shared/digest.ts';

/** "Object Created" as EventBridge delivers it. Keys come as they are, not URL-encoded. */
export const ObjectCreated = z.object({
  source: z.literal('aws.s3'),
  'detail-type': z.literal('Object Created'),
  detail: z.object({
    bucket: z.object({ name: z.string() }),
    object: z.object({
      key: z.string().max(1024),
      size: z.number().optional(),
      etag: z.string().optional(),
      'version-id': z.string().optional(),
      sequencer: z.string().optional(),
    }),
  }),
});
export type ObjectCreated = z.infer<typeof ObjectCreated>;

export type Upload = { tenant: string; source: string; key: string; version?: string; runId: string };

/** A source as people name folders: case does not count, and what a name may not hold becomes a dash. */
const sourceOf = (folder: string): string => folder.toLowerCase().replaceAll(/[^a-z0-9._-]+/g, '-');

/**
 * What was uploaded, from where it lies: `discovery/<source>/<anything>` is the home tenant's,
 * `tenants/<tenant>/discovery/<source>/<anything>` another one's. Anything else is no upload: undefined. So is a key with a step
 * of dots, which as a URL would name another source's object.
 * One object version is one run: its id is made of bucket, key and version, so a repeated event names the same run.
 */
export const readUpload = ({ detail: { bucket, object } }: ObjectCreated, homeTenant: string): Upload | undefined => {
  const parts = /^(?:tenants\/([^/]+)\/)?discovery\/([^/]+)\/.+$/s.exec(object.key);
  if (parts === null || object.key.split('/').some((step) => step === '.' || step === '..')) return undefined;
  const tenant = TenantId.safeParse(parts[1] ?? homeTenant);
  const source = SourceName.safeParse(sourceOf(parts[2] ?? ''));
  if (!tenant.success || !source.success) return undefined;
  const version = object['version-id'] ?? `${object.etag ?? ''}/${object.sequencer ?? ''}`;
  const runId = idFrom('run', digest, tenant.data, bucket.name, object.key, version);
  const pinned = object['version-id'] === undefined ? {} : { version: object['version-id'] };
  return { tenant: tenant.data, source: source.data, key: object.key, ...pinned, runId };
};

/** Another run of an upload: as sure to be the same one each time as the first. */
export const shareOf = (upload: Upload, family: Family): Upload => ({
  ...upload,
  runId: idFrom('run', digest, upload.runId, 'share', family),
});
