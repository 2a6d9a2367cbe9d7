import { StoredReview } from '../../domain/review/stored-review.ts';
import { defineEntity } from '../store/entity.ts';
import { sourceEntryEntity } from './source-entry.ts';

/** Where open reviews are listed, oldest first. */
export const reviewListPartition = 'reviews';

/** Where kept decisions are listed, by source and name. */
export const ruleListPartition = 'resolution-rules';

export const reviewEntity = defineEntity<StoredReview, { source: string; nativeKey: string }>({
  name: 'review',
  schema: StoredReview,
  tracked: true,
  id: ({ source, nativeKey }) => ({ source, nativeKey }),
  key: (id) => {
    const { pk, sk } = sourceEntryEntity.key(id);
    return { pk: `V${pk}`, sk };
  },
  indexes: ({ state, firstSeenAt, source, nativeKey, rule }) => {
    const name = `${source}#${nativeKey.slice(0, 200)}`;
    if (state === 'open') return { list: { pk: reviewListPartition, sk: `${firstSeenAt}#${name}` } };
    return rule === undefined ? {} : { list: { pk: ruleListPartition, sk: name } };
  },
  chart: 'what a person is asked about, one per thing of a source; listed while it is open',
});
