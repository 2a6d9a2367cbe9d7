import type { Handlers } from '../http/operation.ts';
import type { ApiContext, RequestScope } from '../http/serve.ts';
import { digest } from '../shared/digest.ts';
import type { uploadsOperations } from './operations.ts';
import type { Presign } from './presign.ts';
import { uploadKeyOf } from './upload-key.ts';

/** What this function works with beside the table: the signer, and whose uploads lie under `discovery/`. */
export type UploadsContext = ApiContext & { presign: Presign; homeTenant: string };

const expiresInSeconds = 15 * 60;
const sizeRange = [1, 256 * 1024 * 1024] as const;

export const uploadsHandlers: Handlers<typeof uploadsOperations, RequestScope & UploadsContext> = {
  createUpload: async ({ body }, { principal, requestKey, now, presign, homeTenant }) => {
    const key = uploadKeyOf(principal.tenant, homeTenant, digest(requestKey).slice(0, 16), body);
    const fields = {
      ...(body.contentType === undefined ? {} : { 'Content-Type': body.contentType }),
      ...(body.mode === undefined ? {} : { 'x-amz-meta-mode': body.mode }),
    };
    const signed = await presign({ key, fields, sizeRange, expiresInSeconds });
    return { ...signed, key, expiresAt: new Date(Date.parse(now) + expiresInSeconds * 1000).toISOString() };
  },
};
