import type { RecordOutcome } from '../../domain/import/run.ts';
import type { Ruling } from '../../domain/review/review.ts';
import { nextReview, rulingOn, type StoredReview } from '../../domain/review/stored-review.ts';
import type { ChunkLine } from '../plan-import/chunk-line.ts';
import { reviewEntity } from '../plan-import/review-entity.ts';
import type { Stored } from '../store/entity.ts';
import type { RunScope } from './context.ts';
import { startOutcome } from './outcome.ts';

/** What is being asked, and was decided, of the things that some records name; by native key. */
export type Reviews = ReadonlyMap<string, Stored<StoredReview>>;

export const readReviews = async ({ context, run }: RunScope, lines: readonly ChunkLine[]): Promise<Reviews> => {
  const names = new Set(lines.map(({ record }) => record.nativeKey));
  const keys = [...names].map((nativeKey) => reviewEntity.keyOf(run.tenant, { source: run.source, nativeKey }));
  const found = (await context.table.getMany(keys, { consistent: true })).map(reviewEntity.fromItem);
  return new Map(found.map((stored) => [stored.value.nativeKey, stored]));
};

/** By record: what a person or a rule has decided. */
export const rulingsOf = (
  { run }: RunScope,
  lines: readonly ChunkLine[],
  reviews: Reviews,
): ReadonlyMap<number, Ruling> =>
  new Map(
    lines.flatMap(({ record: { recordIndex, nativeKey } }) => {
      const ruling = rulingOn(reviews.get(nativeKey)?.value, { runId: run.runId, recordIndex });
      return ruling === undefined ? [] : [[recordIndex, ruling] as const];
    }),
  );

/** The outcome of a record that a rule says nobody cares for. */
export const ignored = ({ record }: ChunkLine): RecordOutcome => ({
  ...startOutcome(record),
  outcome: 'unchanged',
  matchedBy: { rule: 'resolution', identifiers: [{ type: 'nativeKey', value: record.nativeKey }] },
  warnings: [...record.warnings, { code: 'ignored', detail: 'A kept resolution says to ignore this record.' }],
});

const mostRounds = 5;

/** After its records are written: reviews that they open, renew or close. What another run did to a review meanwhile is read again. */
export const keepReviews = async (
  scope: RunScope,
  lines: readonly ChunkLine[],
  outcomes: ReadonlyMap<number, RecordOutcome>,
  known: Reviews,
): Promise<void> => {
  let [reviews, pending] = [known, lines];
  for (let round = 0; pending.length > 0 && round < mostRounds; round += 1) {
    if (round > 0) reviews = await readReviews(scope, pending);
    const next = new Map<string, { line: ChunkLine; review: StoredReview }>();
    for (const line of pending) {
      const outcome = outcomes.get(line.record.recordIndex);
      const { nativeKey } = line.record;
      const before = next.get(nativeKey)?.review ?? reviews.get(nativeKey)?.value;
      const review = outcome && nextReview(before, line.record, outcome, { ...metIn(scope), now: scope.now });
      if (review !== undefined) next.set(nativeKey, { line, review });
    }
    const staged = [...next.values()];
    const results = await scope.context.table.writeEach(
      staged.map(({ review }) => {
        const version = reviews.get(review.nativeKey)?.version;
        return { put: reviewEntity.toItem(scope.run.tenant, review, (version ?? 0) + 1), expect: version ?? 'absent' };
      }),
    );
    pending = staged.filter((_, n) => results[n]?.done !== true).map(({ line }) => line);
  }
};

const metIn = ({ run, chunk = 0 }: RunScope) => ({ runId: run.runId, source: run.source, chunk });
