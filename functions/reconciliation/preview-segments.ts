import type { Asset } from '../../domain/asset/asset.ts';
import type { Ci } from '../../domain/ci/ci.ts';
import type { CiClassName } from '../../domain/ci/ci-classes.ts';
import { classPrefix } from '../../domain/ci/class-name.ts';
import type { RuleClass } from '../../domain/reconcile/rule.ts';
import { assetEntity, assetListPartition } from '../assets/entity.ts';
import { ciEntity, ciListPartition } from '../cis/entity.ts';
import type { ApiContext, RequestScope } from '../http/serve.ts';
import { listShards } from '../store/contracts.ts';
import { readList } from '../store/read-list.ts';

/** A part of the lists that a preview goes through: all assets, all CIs, or the CIs of one class and of those below it. */
type Segment = { entity: 'asset' } | { entity: 'ci'; class?: CiClassName };

/** The parts that rules for a class are about: the class and those below it; without a class, everything. */
export const segmentsOf = (ruleClass: RuleClass | undefined): Segment[] => {
  if (ruleClass === undefined) return [{ entity: 'ci' }, { entity: 'asset' }];
  if (ruleClass === 'asset') return [{ entity: 'asset' }];
  if (ruleClass === 'ci') return [{ entity: 'ci' }];
  return [{ entity: 'ci', class: ruleClass }];
};

/** The next things of a part, at most `limit`. */
export const readSegment = async (
  segment: Segment,
  after: string | undefined,
  limit: number,
  { table, principal }: Pick<RequestScope & ApiContext, 'table' | 'principal'>,
): Promise<{ found: (Asset | Ci)[]; next?: string | undefined }> => {
  const partitionsOf = (partition: (shard: number) => string) =>
    Array.from({ length: listShards }, (_, shard) => partition(shard));
  const request = {
    tenant: principal.tenant,
    index: 'list' as const,
    after,
    limit,
    idOf: (sortKey: string) => sortKey.slice(sortKey.indexOf('#') + 1),
    // What was merged into another one shows nothing any more.
    keep: ({ value }: { value: { mergedInto?: string | undefined } }) => value.mergedInto === undefined,
  };
  const { found, next } =
    segment.entity === 'asset'
      ? await readList(table, { ...request, entity: assetEntity, partitions: partitionsOf(assetListPartition) })
      : await readList(table, {
          ...request,
          entity: ciEntity,
          partitions: partitionsOf(ciListPartition),
          prefix: segment.class === undefined ? undefined : classPrefix({ class: segment.class }),
        });
  return { found: found.map(({ value }) => value), next };
};
