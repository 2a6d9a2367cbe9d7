import middy from '@middy/core';
import { type PlanContext, planImport } from './plan.ts';
import { ObjectCreated, readUpload } from './upload.ts';

/** EventBridge delivers "Object Created" at least once and in any order; what is thrown is delivered again, then goes to the queue of the dead. */
export const handleUpload = (context: PlanContext, homeTenant: string) =>
  middy(async (event: unknown): Promise<void> => {
    const upload = readUpload(ObjectCreated.parse(event), homeTenant);
    if (upload === undefined) {
      context.log.warn('not an upload', { fix: 'Put uploads under discovery/<source>/, source in lower case.' });
      return;
    }
    const log = context.log.with({ correlationId: upload.runId, source: upload.source });
    log.info('planning');
    await planImport({ ...context, log }, upload);
    log.info('planned');
  });
