import { failRun } from '../../domain/import/failure.ts';
import { phaseName } from '../apply-import/phase-name.ts';
import { chunkEntity, runEntity } from '../plan-import/entities.ts';
import type { ChunkMessage } from '../queue/chunk-queue.ts';
import type { Log } from '../shared/log.ts';
import type { Table } from '../store/table.ts';

export type FailContext = { table: Table; log: Log; clock: () => Date };

const mostRounds = 12;

/**
 * Marks the run of a chunk that was given up as failed, so that nobody waits for it for ever. A chunk that was done after all fails
 * nothing. Other chunks may be counted at the same moment: then it is looked at again. Says whether the run has failed.
 */
export const failImport = async ({ table, clock }: FailContext, message: ChunkMessage): Promise<boolean> => {
  const { tenant, runId, phase, chunk } = message;
  for (let round = 0; round < mostRounds; round += 1) {
    const item = await table.get(runEntity.keyOf(tenant, runId), { consistent: true });
    if (item === undefined) return false;
    const { value, version } = runEntity.fromItem(item);
    const done = chunkEntity.keyOf(tenant, { runId, phase: phaseName(value, phase), chunk });
    const failed = failRun(value, { phase, chunk }, clock().toISOString());
    if (failed === undefined || (await table.get(done, { consistent: true })) !== undefined) return false;
    const put = runEntity.toItem(tenant, failed.run, version + 1, failed.change);
    const [result] = await table.writeEach([{ put, expect: version }]);
    if (result?.done === true) return true;
  }
  throw new Error(`run ${runId} lost every race; it is marked later`);
};
