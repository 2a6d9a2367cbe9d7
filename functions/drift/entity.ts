import { DriftFinding } from '../../domain/drift/finding.ts';
import { parentCiOf } from '../../domain/shared/id.ts';
import { defineEntity } from '../store/entity.ts';
import { shardOf } from '../store/shard.ts';

/** Sort keys of findings, beside the CI they are about. */
export const findingPrefix = 'D#';
/** Findings are fewer than CIs by far: 8 partitions for each state. */
export const findingShards = 8;

export const findingListPartition = (state: DriftFinding['state'], shard: number): string => `drift#${state}#${shard}`;

export const findingEntity = defineEntity<DriftFinding, string>({
  name: 'drift finding',
  schema: DriftFinding,
  tracked: true,
  id: ({ findingId }) => findingId,
  key: (findingId) => ({ pk: parentCiOf(findingId), sk: `${findingPrefix}${findingId}` }),
  indexes: (finding) => ({
    list: {
      pk: findingListPartition(finding.state, shardOf(finding.ciId, findingShards)),
      sk: `${finding.class}#${finding.findingId}`,
    },
  }),
  chart: 'one point where what is declared is not what was discovered, beside its CI; listed by state and class',
});
