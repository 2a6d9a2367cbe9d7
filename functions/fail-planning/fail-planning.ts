import { failPlanning, failUnborn } from '../../domain/import/planner-failure.ts';
import { noCounts, type StoredRun } from '../../domain/import/stored-run.ts';
import { familyOf, isShared } from '../imports/formats/catalogue.ts';
import type { ObjectStore } from '../objects/object-store.ts';
import { goOnPrefix } from '../plan-import/contracts.ts';
import { runEntity } from '../plan-import/entities.ts';
import { callOf, turnsOf, uploadOfCall } from '../plan-import/go-on.ts';
import { type ObjectCreated, readUpload, shareOf, type Upload } from '../plan-import/upload.ts';
import type { Log } from '../shared/log.ts';
import type { Stored } from '../store/entity.ts';
import type { Table } from '../store/table.ts';
import type { Planner } from './planners.ts';

export type FailPlanningContext = {
  table: Table;
  uploads: ObjectStore;
  log: Log;
  clock: () => Date;
  homeTenant: string;
};

const mostRounds = 12;

/**
 * Marks the run of an upload whose planner was given up as failed, so that nobody waits for it for ever. Every planner hears of every
 * upload: a run that another one began is that one's, and stays. Where none has begun one, it is made here, and who comes later plans it
 * after all. Gives the run's id when it has failed.
 */
export const failUpload = async (
  context: FailPlanningContext,
  planner: Planner,
  { detail, ...event }: ObjectCreated,
): Promise<string | undefined> => {
  const { key, 'version-id': version } = detail.object;
  const upload = key.startsWith(goOnPrefix)
    ? await uploadOfCall(context.uploads, key, version)
    : readUpload({ ...event, detail }, context.homeTenant);
  if (upload === undefined) return undefined;
  for (let round = 0; round < mostRounds; round += 1) {
    const own = await ownRun(context, planner, upload);
    const failed = own && (await failOwn(context, planner, { ...own, turns: turnsOf(key) }));
    if (failed === undefined) return undefined;
    const { run, change } = failed;
    const version = own?.found?.version;
    const put = runEntity.toItem(run.tenant, run, (version ?? 0) + 1, change);
    const [result] = await context.table.writeEach([{ put, expect: version ?? 'absent' }]);
    if (result?.done === true) return run.runId;
  }
  throw new Error(`run ${upload.runId} lost every race; it is marked later`);
};

/** The run that would be this planner's, stored or not. Undefined: another planner's it is. */
const ownRun = async (
  { table }: FailPlanningContext,
  { family }: Planner,
  upload: Upload,
): Promise<{ upload: Upload; found?: Stored<StoredRun> | undefined } | undefined> => {
  const find = async ({ tenant, runId }: Upload): Promise<Stored<StoredRun> | undefined> => {
    const item = await table.get(runEntity.keyOf(tenant, runId), { consistent: true });
    return item === undefined ? undefined : runEntity.fromItem(item);
  };
  const first = await find(upload);
  if (first === undefined || familyOf(first.value.format) === family) return { upload, found: first };
  if (!isShared(first.value.format)) return undefined;
  // What else is in a zip is not told by its first run: nobody but this planner would have read its share.
  const share = shareOf(upload, family);
  return { upload: share, found: await find(share) };
};

const failOwn = async (
  { uploads, clock }: FailPlanningContext,
  { name }: Planner,
  { upload, found, turns }: { upload: Upload; found?: Stored<StoredRun> | undefined; turns: number },
) => {
  const now = clock().toISOString();
  if (found === undefined) return failUnborn(newbornOf(upload, now), name, now);
  // Somebody came further than the one that was given up, and has called for the next.
  const came = found.value.progress?.turns ?? 0;
  const isCalled = came > turns && (await uploadOfCall(uploads, callOf(upload.runId, came), undefined)) !== undefined;
  return isCalled ? undefined : failPlanning(found.value, name, now);
};

/** As long as nobody has read what its upload's metadata asks for, it is not to be applied. */
const newbornOf = ({ tenant, source, key, runId }: Upload, now: string): Omit<StoredRun, 'format'> => ({
  runId,
  tenant,
  source,
  objectKey: key,
  mode: 'plan',
  status: 'planning',
  counts: noCounts(),
  startedAt: now,
  storedAt: now,
  chunks: 0,
  chunksDone: 0,
  relationChunks: [],
  relationsDone: 0,
  planParts: 0,
});
