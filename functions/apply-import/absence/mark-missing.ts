import type { Ci } from '../../../domain/ci/ci.ts';
import { missCi } from '../../../domain/import/absence.ts';
import type { SourceEntry } from '../../../domain/import/source-index.ts';
import { sameContent } from '../../../domain/shared/canonical.ts';
import { laterOf } from '../../../domain/shared/time.ts';
import { assetEntity } from '../../assets/entity.ts';
import { ciEntity } from '../../cis/entity.ts';
import { sourceEntryEntity } from '../../plan-import/source-entry.ts';
import type { Stored } from '../../store/entity.ts';
import { followMoved } from '../../store/follow-moved.ts';
import type { RunScope } from '../context.ts';
import { namesOf } from '../merged-names.ts';

const mostRounds = 12;

/**
 * Marks one thing missing in its source, and its CI once no source that knows it lists it any more. The entry first: of two sources
 * that miss it at the same moment the second sees both. An entry that somebody has written meanwhile is left: it was seen.
 */
export const markMissing = async (scope: RunScope, { value, version }: Stored<SourceEntry>): Promise<void> => {
  const { context, run } = scope;
  if (value.missingSince === undefined) {
    const put = sourceEntryEntity.toItem(run.tenant, { ...value, missingSince: run.storedAt }, version + 1);
    const [result] = await context.table.writeEach([{ put, expect: version }]);
    if (result?.done !== true) return;
  }
  const ciId = await ciOf(scope, value);
  if (ciId !== undefined) await missEverywhere(scope, ciId, value.record);
};

/** Hardware stands for the CI that it realises now, else the entry names its CI. */
const ciOf = async ({ context, run }: RunScope, { assetId, ciId }: SourceEntry): Promise<string | undefined> => {
  if (assetId === undefined) return ciId;
  return (await followMoved(context.table, run.tenant, assetEntity, assetId))?.value.binding?.ciId;
};

const missEverywhere = async (scope: RunScope, ciId: string, record: number): Promise<void> => {
  const { context, run, now } = scope;
  for (let round = 0; round < mostRounds; round += 1) {
    const stored = await followMoved(context.table, run.tenant, ciEntity, ciId);
    if (stored === undefined) return;
    const { value: ci, version, change: last } = stored;
    const next = missCi(ci);
    if (sameContent(ci, next) || !(await isMissingEverywhere(scope, ci))) return;
    const at = laterOf(now, last?.at ?? now);
    const change = { type: 'CiUpdated', by: `source:${run.source}`, at, correlationId: run.runId, record };
    const put = ciEntity.toItem(run.tenant, next, version + 1, change);
    const [result] = await context.table.writeEach([{ put, expect: version }]);
    if (result?.done === true) return;
  }
  throw new Error(`CI ${ciId} lost every race; it is marked later`);
};

const isMissingEverywhere = async ({ context, run }: RunScope, ci: Pick<Ci, 'facets' | 'merges'>): Promise<boolean> => {
  const keys = (await namesOf(context.table, run.tenant, ci)).map((name) => sourceEntryEntity.keyOf(run.tenant, name));
  const entries = await context.table.getMany(keys, { consistent: true });
  return entries
    .map((item) => sourceEntryEntity.fromItem(item).value)
    .every(({ missingSince, deletedAt }) => missingSince !== undefined || deletedAt !== undefined);
};
