import { StoredReview } from '../../domain/review/stored-review.ts';
import { defineEntity } from '../store/entity.ts';
import { sourceEntryEntity } from './source-entry.ts';

/** Where open reviews are listed, oldest first. */
export const reviewListPartition = 'reviews';

export const reviewEntity = defineEntity<StoredReview, { source: string; nativeKey: string }>({
  name: 'review',
  schema: StoredReview,
  tracked: true,
  id: ({ source, nativeKey }) => ({ source, nativeKey }),
  key: (id) => {
    const { pk, sk } = sourceEntryEntity.key(id);
    return { pk: `V${pk}`, sk };
  },
  indexes: ({ state, firstSeenAt, source, nativeKey }) =>
    state === 'open'
      ? { list: { pk: reviewListPartition, sk: `${firstSeenAt}#${source}#${nativeKey.slice(0, 200)}` } }
      : {},
  chart: 'what a person is asked about, one per thing of a source; listed while it is open',
});
