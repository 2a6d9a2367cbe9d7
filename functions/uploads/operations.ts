import * as z from 'zod';
import { manualSource } from '../../domain/reconcile/manual.ts';
import { SourceName } from '../../domain/shared/id.ts';
import { Timestamp } from '../../domain/shared/time.ts';
import { defineOperation, type Operations } from '../http/operation.ts';

const NewUpload = z
  .strictObject({
    source: SourceName.refine((name) => name !== manualSource, 'This name stands for what people enter by hand.'),
    fileName: z.string().min(1).max(300),
    contentType: z
      .string()
      .regex(/^[\w.+-]{1,60}\/[\w.+-]{1,60}$/)
      .optional(),
    mode: z.enum(['apply', 'plan']).optional(),
  })
  .meta({ id: 'NewUpload' });
export type NewUpload = z.output<typeof NewUpload>;

const Upload = z
  .strictObject({ url: z.url(), fields: z.record(z.string(), z.string()), key: z.string(), expiresAt: Timestamp })
  .meta({ id: 'Upload' });

export const uploadsOperations = {
  createUpload: defineOperation({
    id: 'createUpload',
    route: 'POST /uploads',
    summary: 'Get a form to POST one file with: exact key, 1 byte to 256 MB, valid for 15 minutes',
    permission: 'import:upload',
    body: NewUpload,
    success: { status: 201, schema: Upload },
    problems: [],
  }),
} satisfies Operations;
