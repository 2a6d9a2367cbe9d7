import type { StoredRun } from '../../domain/import/stored-run.ts';
import type { Resolution, Review } from '../../domain/review/review.ts';
import { isContested, resolveReview, showReview } from '../../domain/review/stored-review.ts';
import { Problem } from '../../domain/shared/problem.ts';
import { assetEntity } from '../assets/entity.ts';
import { ciEntity } from '../cis/entity.ts';
import type { RequestScope } from '../http/serve.ts';
import { getLines } from '../objects/ndjson.ts';
import type { ObjectStore } from '../objects/object-store.ts';
import { ChunkLine, runFiles } from '../plan-import/chunk-line.ts';
import { runEntity } from '../plan-import/entities.ts';
import { reviewEntity } from '../plan-import/review-entity.ts';
import type { ImportsContext } from './context.ts';

type Named = { runId: string; recordIndex: number };

/**
 * Stores what a person decides of a record; the relay has it carried out. Throws `not-found` for a record that the run did not have to
 * decide or a thing that is not there, `conflict` when nobody needs to decide (any more), `unprocessable` for a thing that is retired.
 */
export const resolveRecord = async (
  { runId, recordIndex }: Named,
  body: Resolution,
  { work, data, principal, now }: RequestScope & ImportsContext,
): Promise<Review> => {
  const { value: run } = await work.load(runEntity, runId);
  if (run.mode === 'plan') throw new Problem('conflict', 'The run is a plan; records are decided once it is applied.');
  if (run.undo !== undefined) throw new Problem('conflict', 'The run was undone; upload its file again.');
  const { chunk, line } = await findLine(data, run, recordIndex);
  const id = { source: run.source, nativeKey: line.record.nativeKey };
  const stored = await work.find(reviewEntity, id);
  // Whether it was deleted is just what the person decides on.
  const isAsked = isContested(stored?.value);
  if (body.ciId !== undefined) refuseRetired((await work.load(ciEntity, body.ciId)).value.status, isAsked);
  if (body.assetId !== undefined) refuseRetired((await work.load(assetEntity, body.assetId)).value.status);
  const decided = resolveReview(stored?.value, body, { runId, recordIndex, chunk }, principal.subject, now);
  if (stored === undefined) throw new Problem('conflict', 'Nothing is to be decided of this record.');
  return showReview(work.replace(reviewEntity, stored, decided, { type: 'RecordResolved' }).value);
};

const refuseRetired = (status: string, isAsked = false): void => {
  if ((status === 'retired' && !isAsked) || status === 'disposed')
    throw new Problem('unprocessable', `The thing is ${status}; a record cannot be linked to it.`);
};

/** Chunks hold records in the order of the file: found by halving. */
const findLine = async (data: ObjectStore, run: StoredRun, recordIndex: number) => {
  for (let low = 0, high = run.chunks - 1; low <= high; ) {
    const chunk = Math.floor((low + high) / 2);
    const lines = (await getLines(data, runFiles(run).chunk(chunk))).map((line) => ChunkLine.parse(line));
    const line = lines.find(({ record }) => record.recordIndex === recordIndex);
    if (line !== undefined) return { chunk, line };
    if (recordIndex < (lines[0]?.record.recordIndex ?? 0)) high = chunk - 1;
    else low = chunk + 1;
  }
  throw new Problem('not-found', `The run decided no record ${recordIndex}.`);
};
