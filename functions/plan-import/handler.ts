import { consume } from '../bus/consume.ts';
import type { Registry } from '../imports/formats/format.ts';
import { planImport } from './plan.ts';
import type { PlanContext } from './plan-context.ts';
import { ObjectCreated, readUpload } from './upload.ts';

/** What a planner does with "Object Created". */
export const handleUpload = (context: PlanContext, registry: Registry, homeTenant: string) =>
  consume(ObjectCreated, async (created) => {
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
