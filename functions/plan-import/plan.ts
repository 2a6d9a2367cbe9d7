import { isUnborn, isUnread, revivePlanning } from '../../domain/import/planner-failure.ts';
import type { RunProblem } from '../../domain/import/run.ts';
import { phaseOf, type StoredRun } from '../../domain/import/stored-run.ts';
import { familyOf, isShared } from '../imports/formats/catalogue.ts';
import { type Registry, UnreadableFile } from '../imports/formats/format.ts';
import { registerSource, toldOf } from '../sources/of-upload.ts';
import type { Stored } from '../store/entity.ts';
import { WriteConflict } from '../store/table.ts';
import { cutChunks } from './cut-chunks.ts';
import { dispatch } from './dispatch.ts';
import { runEntity } from './entities.ts';
import { finishRun, rejectRun } from './finish-run.ts';
import { goOn } from './go-on.ts';
import { newRun } from './new-run.ts';
import { type OpenUpload, openUpload } from './open-upload.ts';
import type { PlanContext } from './plan-context.ts';
import { shareOf, type Upload } from './upload.ts';

/**
 * Plans one upload: reads it as a stream, sets aside what did not change, and cuts the rest into chunk files. Only when all of that
 * lies in S3 is the run marked, in one conditional write, and only then is work asked for: a planner that dies is started again and
 * cuts anew. Each cut has its own folder: two planners of one event may see different states, and the run names the cut that counts.
 * One whose time is over keeps in the run how far it came and calls for another, who goes on there.
 * A repeated event of a run that is further on only asks again for what is open; of one whose planner was given up it plans it after all.
 * Every planner hears of every upload; one whose formats do not read it makes no run and touches none. A zip with formats of several is
 * as many runs. Says whether it was ours.
 */
export const planImport = async (context: PlanContext, registry: Registry, upload: Upload): Promise<boolean> => {
  const known = await findRun(context, upload);
  const isOthers = known !== undefined && familyOf(known.value.format) !== registry.family;
  if (isOthers && !isShared(known.value.format)) return false;
  const ours = isOthers ? shareOf(upload, registry.family) : upload;
  const found = isOthers ? await findRun(context, ours) : known;
  if (found !== undefined && !isBegun(found.value)) {
    await resume(context, found.value);
    return true;
  }
  const told = await toldOf(context.table, upload, found?.value);
  const opened = await openUpload(context.uploads, upload, told.settings);
  if (opened === undefined) {
    if (found !== undefined) await reject(context, found, gone);
    return found !== undefined;
  }
  try {
    return await planOpened(context, registry, upload, { ...opened, isNewSource: told.isNew }, found);
  } finally {
    await opened.close();
  }
};

const planOpened = async (
  context: PlanContext,
  registry: Registry,
  upload: Upload,
  opened: OpenUpload & { isNewSource: boolean },
  found: Stored<StoredRun> | undefined,
): Promise<boolean> => {
  const { choice } = opened;
  const share = choice.shares?.find(({ family }) => family === registry.family);
  if (found === undefined && share === undefined && !choice.families.includes(registry.family)) return false;
  const ours = share === undefined ? upload : shareOf(upload, share.family);
  const { format } = share ?? choice;
  const stored = found ?? (await begin(context, ours, opened, format));
  if (isBegun(stored.value)) await scan(context, registry, { ...opened, upload }, stored, format);
  else await resume(context, stored.value);
  return true;
};

/** A run of which nothing but its beginning is stored. */
const isBegun = (run: StoredRun): boolean => (run.status === 'planning' && run.chunks === 0) || isUnread(run);

const gone = { code: 'object-gone', detail: 'The object was deleted before it was read.' };
/** A run is known by the format that its content had when it began: another one means other content. */
const replaced = { code: 'object-replaced', detail: 'The object was replaced by another before it was read.' };
const unknownMode = { code: 'unknown-mode', detail: 'The metadata "mode" must be "apply" or "plan".' };

/** The run of an upload. One that was given up before any planner had begun it is none yet. */
const findRun = async (context: PlanContext, { tenant, runId }: Upload): Promise<Stored<StoredRun> | undefined> => {
  const found = await readRun(context, tenant, runId);
  return found === undefined || isUnborn(found.value) ? undefined : found;
};

const readRun = async ({ table }: PlanContext, tenant: string, runId: string) => {
  const item = await table.get(runEntity.keyOf(tenant, runId), { consistent: true });
  return item === undefined ? undefined : runEntity.fromItem(item);
};

/** The run of this object version, made now if nobody else has made it meanwhile. */
const begin = async (
  context: PlanContext,
  upload: Upload,
  { object, settings, isNewSource }: OpenUpload & { isNewSource: boolean },
  format: string,
): Promise<Stored<StoredRun>> => {
  const now = context.clock().toISOString();
  const value = newRun(upload, object, format, now, settings);
  if (isNewSource) await registerSource(context.table, upload, upload.runId, now);
  return putNew(context, value, undefined);
};

/** `given`: the version of what was given up before any planner had begun it. */
const putNew = async (
  context: PlanContext,
  value: StoredRun,
  given: number | undefined,
): Promise<Stored<StoredRun>> => {
  const version = (given ?? 0) + 1;
  const [result] = await context.table.writeEach([
    { put: runEntity.toItem(value.tenant, value, version), expect: given ?? 'absent' },
  ]);
  if (result?.done !== false || result.current === undefined) return { value, version };
  const current = runEntity.fromItem(result.current);
  return isUnborn(current.value) ? putNew(context, value, current.version) : current;
};

const resume = async ({ queue }: PlanContext, run: StoredRun): Promise<void> => {
  if (run.status !== 'applying' && run.status !== 'planning') return;
  const phase = phaseOf(run);
  if (phase !== 'finished') await dispatch(queue, run, phase);
};

const scan = async (
  context: PlanContext,
  registry: Registry,
  { settings, choice, parse, object, upload }: OpenUpload & { upload: Upload },
  stored: Stored<StoredRun>,
  format: string,
): Promise<void> => {
  const run = revivePlanning(stored.value);
  try {
    if (settings.mode === 'unknown') throw new UnreadableFile(unknownMode);
    if (choice.problem !== undefined) throw new UnreadableFile(choice.problem);
    const reader = registry.formats.find(({ name }) => name === choice.format);
    const scanned = await cutChunks(context, run, {
      format,
      size: object.size,
      ...(reader?.version === undefined
        ? {}
        : { reader: [reader.name, String(reader.version), settings.profile ?? ''] }),
      parse: (pieces) => {
        const parsed = parse(registry, run.storedAt, pieces);
        if (parsed === undefined) throw new UnreadableFile(replaced);
        return parsed;
      },
    });
    if (scanned.progress !== undefined) {
      if (await replace(context, stored, scanned)) await goOn(context.uploads, upload, scanned);
      return;
    }
    if (phaseOf(scanned) === 'finished') {
      const { run: finished, change } = finishRun(scanned, context.clock().toISOString());
      await replace(context, stored, finished, change);
      return;
    }
    const next: StoredRun = { ...scanned, status: run.mode === 'plan' ? 'planning' : 'applying' };
    if (await replace(context, stored, next)) await dispatch(context.queue, next, 'records');
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    await reject(context, stored, error.problem);
  }
};

const reject = async (context: PlanContext, stored: Stored<StoredRun>, problem: RunProblem): Promise<void> => {
  const { run, change } = rejectRun(stored.value, problem, context.clock().toISOString());
  await replace(context, stored, run, change);
};

/**
 * Another delivery of the same event may have been quicker: then it has asked for the work, and this one is done. A run that was given up
 * meanwhile was so in error: its planner is here.
 */
const replace = async (
  context: PlanContext,
  stored: Stored<StoredRun>,
  run: StoredRun,
  change?: Parameters<typeof runEntity.toItem>[3],
): Promise<boolean> => {
  const { version } = stored;
  try {
    await context.table.transact([{ put: runEntity.toItem(run.tenant, run, version + 1, change), expect: version }]);
    return true;
  } catch (error) {
    if (!(error instanceof WriteConflict)) throw error;
    const now = await readRun(context, run.tenant, run.runId);
    if (now === undefined || !isUnread(now.value) || now.value.cut !== stored.value.cut) return false;
    return now.version > version && replace(context, now, run, change);
  }
};
