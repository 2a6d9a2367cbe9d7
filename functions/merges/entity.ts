import { StoredMerge } from '../../domain/merge/merge.ts';
import { defineEntity } from '../store/entity.ts';

/** Where merges are listed: the latest first when read backwards. */
export const mergeListPartition = 'merges';

export const mergeEntity = defineEntity<StoredMerge, string>({
  name: 'merge',
  schema: StoredMerge,
  tracked: false,
  id: ({ mergeId }) => mergeId,
  key: (mergeId) => ({ pk: mergeId, sk: '#' }),
  indexes: ({ at, mergeId }) => ({ list: { pk: mergeListPartition, sk: `${at}#${mergeId}` } }),
  chart: 'two things that turned out to be one, and what it takes to tell them apart again',
});
