import { Ci } from '../../domain/ci/ci.ts';
import { classPrefix } from '../../domain/ci/class-name.ts';
import { defineEntity } from '../store/entity.ts';
import { shardOf } from '../store/shard.ts';
import { thingPacking } from '../store/thing-packing.ts';

export const ciListPartition = (shard: number): string => `cis#${shard}`;

export const ciEntity = defineEntity<Ci, string>({
  name: 'ci',
  schema: Ci,
  tracked: true,
  id: ({ ciId }) => ciId,
  key: (ciId) => ({ pk: ciId, sk: '#' }),
  indexes: (ci) => ({ list: { pk: ciListPartition(shardOf(ci.ciId)), sk: `${classPrefix(ci)}#${ci.ciId}` } }),
  movedTo: ({ mergedInto }) => mergedInto,
  packing: thingPacking,
  chart: 'what is operated; listed by class, each below its broader ones',
});
