import { Baseline } from '../../domain/baseline/baseline.ts';
import { defineEntity } from '../store/entity.ts';

export const baselineListPartition = 'baselines';

/** Baselines are made by people, a few a day: one partition lists them. */
export const baselineEntity = defineEntity<Baseline, string>({
  name: 'baseline',
  schema: Baseline,
  tracked: true,
  id: ({ baselineId }) => baselineId,
  key: (baselineId) => ({ pk: baselineId, sk: '#' }),
  indexes: ({ baselineId, createdAt }) => ({ list: { pk: baselineListPartition, sk: `${createdAt}#${baselineId}` } }),
  chart: 'a frozen set of CIs: scope, counts and the hash of what lies in S3; listed by time',
});
