import { MergePage, RunningMerge, StoredMerge } from '../../domain/merge/merge.ts';
import { defineEntity } from '../store/entity.ts';

/** Where merges are listed: the latest first when read backwards. */
export const mergeListPartition = 'merges';

export const mergeEntity = defineEntity<StoredMerge, string>({
  name: 'merge',
  schema: StoredMerge,
  tracked: true,
  id: ({ mergeId }) => mergeId,
  key: (mergeId) => ({ pk: mergeId, sk: '#' }),
  indexes: ({ at, mergeId }) => ({ list: { pk: mergeListPartition, sk: `${at}#${mergeId}` } }),
  chart: 'two things that turned out to be one, and what it takes to tell them apart again',
});

export const mergePageEntity = defineEntity<MergePage, Pick<MergePage, 'mergeId' | 'page'>>({
  name: 'merge page',
  schema: MergePage,
  tracked: false,
  id: ({ mergeId, page }) => ({ mergeId, page }),
  key: ({ mergeId, page }) => ({ pk: mergeId, sk: `E#${String(page).padStart(6, '0')}` }),
  chart: 'relationships that one step of a large merge has moved',
});

/** Where the merges of a tenant that are on their way lie together: a handful at most, mostly none. */
export const runningPartition = 'merging';

export const runningMergeEntity = defineEntity<RunningMerge, Pick<RunningMerge, 'absorbed'>>({
  name: 'running merge',
  schema: RunningMerge,
  tracked: false,
  id: ({ absorbed }) => ({ absorbed }),
  key: ({ absorbed }) => ({ pk: runningPartition, sk: absorbed }),
  chart: 'a large merge on its way: where reads look for relationships that have not come yet',
});
