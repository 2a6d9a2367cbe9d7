import middy from '@middy/core';
import type { Registry } from '../imports/formats/format.ts';
import { planImport } from './plan.ts';
import type { PlanContext } from './plan-context.ts';
import { ObjectCreated, readUpload } from './upload.ts';

/** EventBridge delivers "Object Created" at least once and in any order; what is thrown is delivered again, then goes to the queue of the dead. */
export const handleUpload = (context: PlanContext, registry: Registry, homeTenant: string) =>
  middy(async (event: unknown): Promise<void> => {
    const created = ObjectCreated.parse(event);
    const upload = readUpload(created, homeTenant);
    if (upload === undefined) {
      const fix = 'Put uploads under discovery/<source>/<file>; a source may not be called "manual".';
      context.log.warn('not an upload', { key: created.detail.object.key, fix });
      return;
    }
    const log = context.log.with({ correlationId: upload.runId, source: upload.source });
    log.info('planning');
    const isOurs = await planImport({ ...context, log }, registry, upload);
    log.info(isOurs ? 'planned' : 'not for this planner');
  });
