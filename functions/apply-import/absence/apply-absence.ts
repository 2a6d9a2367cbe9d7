import { isLive, tellsAbsence, tooManyMissing } from '../../../domain/import/absence.ts';
import type { SourceEntry } from '../../../domain/import/source-index.ts';
import { phaseOf, type StoredRun } from '../../../domain/import/stored-run.ts';
import { runEntity } from '../../plan-import/entities.ts';
import { finishRun, holdRun } from '../../plan-import/finish-run.ts';
import type { Stored } from '../../store/entity.ts';
import type { ApplyContext } from '../context.ts';
import { isLatestSnapshot } from './latest-snapshot.ts';
import { markMissing } from './mark-missing.ts';
import { numberOf, seenKeys } from './seen-keys.ts';
import { sourceEntries } from './source-entries.ts';

/**
 * The last phase of a full listing: what its source listed before and this file does not is marked missing there; nothing is ever
 * deleted. First it is counted, so that a cut-off file is held before it does harm. Done again after a crash, it goes on where it was.
 */
export const applyAbsence = async (context: ApplyContext, stored: Stored<StoredRun>): Promise<void> => {
  const run = stored.value;
  if (run.status !== 'applying' || phaseOf(run) !== 'absence') return;
  const now = context.clock().toISOString();
  const counted = { live: 0, missing: 0 };
  let isOpen = false;
  if (tellsAbsence(run) && (await isLatestSnapshot(context.table, run))) {
    const seen = await seenKeys(context.data, run);
    for await (const { value } of sourceEntries(context.table, run.tenant, run.source)) {
      if (isLive(value)) counted.live += 1;
      if (seen.has(numberOf(value.nativeKey))) continue;
      if (isLive(value)) counted.missing += 1;
      isOpen ||= isOpenFor(value, run);
    }
    const problem = tooManyMissing(run, counted);
    if (problem !== undefined) return end(context, stored, holdRun({ ...run, absence: counted }, problem, now));
    if (isOpen) await markAll(context, run, now, seen);
  }
  return end(context, stored, finishRun({ ...run, absence: { ...run.absence, ...counted, done: true } }, now));
};

/** Is there something to be done of a thing that is not listed? Also where this run has marked it and died: its CI may not be. */
const isOpenFor = (entry: SourceEntry, { storedAt }: StoredRun): boolean =>
  isLive(entry) || entry.missingSince === storedAt;

const markAll = async (
  context: ApplyContext,
  run: StoredRun,
  now: string,
  seen: ReadonlySet<number>,
): Promise<void> => {
  for await (const entry of sourceEntries(context.table, run.tenant, run.source)) {
    if (isOpenFor(entry.value, run) && !seen.has(numberOf(entry.value.nativeKey)))
      await markMissing({ context, run, now }, entry);
  }
};

/** Another delivery of the same message may have been quicker. */
const end = async (
  { table }: ApplyContext,
  { version }: Stored<StoredRun>,
  { run, change }: ReturnType<typeof finishRun>,
): Promise<void> => {
  await table.writeEach([{ put: runEntity.toItem(run.tenant, run, version + 1, change), expect: version }]);
};
