import * as z from 'zod';
import type { StoredRun } from '../../../domain/import/stored-run.ts';
import { RunId } from '../../../domain/shared/id.ts';
import { Timestamp } from '../../../domain/shared/time.ts';
import { defineEntity } from '../../store/entity.ts';
import type { Table } from '../../store/table.ts';

const LatestSnapshot = z.strictObject({ source: z.string(), storedAt: Timestamp, runId: RunId.optional() });
type LatestSnapshot = z.infer<typeof LatestSnapshot>;

export const latestSnapshotEntity = defineEntity<LatestSnapshot, string>({
  name: 'latest snapshot',
  schema: LatestSnapshot,
  tracked: false,
  id: ({ source }) => source,
  key: (source) => ({ pk: `S#${source}`, sk: '#' }),
  chart: 'the latest full listing of a source: an older one that comes late misses nothing',
});

const mostRounds = 12;

/** Notes that this run's file is a full listing of its source. False when a later one has been there. */
export const isLatestSnapshot = async (
  table: Table,
  { tenant, source, storedAt, runId }: StoredRun,
): Promise<boolean> => {
  for (let round = 0; round < mostRounds; round += 1) {
    const item = await table.get(latestSnapshotEntity.keyOf(tenant, source), { consistent: true });
    const known = item === undefined ? undefined : latestSnapshotEntity.fromItem(item);
    if (known !== undefined && known.value.storedAt >= storedAt) return known.value.storedAt === storedAt;
    const put = latestSnapshotEntity.toItem(tenant, { source, storedAt, runId }, (known?.version ?? 0) + 1);
    const [result] = await table.writeEach([{ put, expect: known?.version ?? 'absent' }]);
    if (result?.done === true) return true;
  }
  throw new Error(`the latest snapshot of ${source} lost every race; the chunk is tried again later`);
};
