import { consume } from '../bus/consume.ts';
import type { Registry } from '../imports/formats/format.ts';
import { goOnPrefix } from './contracts.ts';
import { uploadOfCall } from './go-on.ts';
import { planImport } from './plan.ts';
import type { PlanContext } from './plan-context.ts';
import { ObjectCreated, readUpload } from './upload.ts';

/** What a planner does with "Object Created": of an upload, or of another planner's call to go on with one. */
export const handleUpload = (context: PlanContext, registry: Registry, homeTenant: string) =>
  consume(ObjectCreated, async (created, lambda) => {
    const { key, 'version-id': version } = created.detail.object;
    const upload = key.startsWith(goOnPrefix)
      ? await uploadOfCall(context.uploads, key, version)
      : readUpload(created, homeTenant);
    if (upload === undefined) {
      const fix = 'Put uploads under discovery/<source>/<file>; a source may not be called "manual".';
      context.log.warn('not an upload', { key, fix });
      return;
    }
    const log = context.log.with({ correlationId: upload.runId, source: upload.source });
    log.info('planning');
    const timeLeft = () => lambda.getRemainingTimeInMillis();
    const isOurs = await planImport({ ...context, log, timeLeft }, registry, upload);
    log.info(isOurs ? 'planned' : 'not for this planner');
  });
