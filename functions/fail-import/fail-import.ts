import { failRun } from '../../domain/import/failure.ts';
import { giveBack } from '../../domain/review/stored-review.ts';
import { phaseName } from '../apply-import/phase-name.ts';
import { chunkEntity, runEntity } from '../plan-import/entities.ts';
import { reviewEntity } from '../plan-import/review-entity.ts';
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
  if (phase === 'resolve') return returnReview({ table, clock }, message);
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

/** What a person has decided and cannot be carried out is asked for again, so that it does not look as if it were done. */
const returnReview = async (
  { table, clock }: Pick<FailContext, 'table' | 'clock'>,
  { tenant, runId, record, about }: ChunkMessage,
): Promise<boolean> => {
  if (about === undefined) return false;
  for (let round = 0; round < mostRounds; round += 1) {
    const item = await table.get(reviewEntity.keyOf(tenant, about), { consistent: true });
    if (item === undefined) return false;
    const { value, version } = reviewEntity.fromItem(item);
    const next = giveBack(value, { runId, recordIndex: record }, clock().toISOString());
    if (next === undefined) return false;
    const [result] = await table.writeEach([{ put: reviewEntity.toItem(tenant, next, version + 1), expect: version }]);
    if (result?.done === true) return true;
  }
  throw new Error(`the review of ${about.nativeKey} lost every race; it is given back later`);
};
