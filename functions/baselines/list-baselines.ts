import type { Baseline } from '../../domain/baseline/baseline.ts';
import { ofTenant, type Stored } from '../store/entity.ts';
import { type Position, readPage } from '../store/read-page.ts';
import type { BaselinesScope } from './context.ts';
import { baselineEntity, baselineListPartition } from './entity.ts';

type Query = { limit: number; cursor?: string | undefined; status?: Baseline['status'] | undefined };

/** One page of baselines, latest first. */
export const listBaselines = async <View>(
  { limit, cursor: after, status }: Query,
  { table, principal, cursor }: BaselinesScope,
  show: (stored: Stored<Baseline>) => View,
) => {
  const { found, next } = await readPage<View>(
    table,
    {
      index: 'list',
      pk: ofTenant(principal.tenant, baselineListPartition),
      backwards: true,
      limit,
      after: after === undefined ? undefined : (cursor.open(after) as Position),
    },
    async (keys) => {
      const stored = new Map((await table.getMany(keys)).map((item) => [item.pk, baselineEntity.fromItem(item)]));
      return keys.map(({ pk }) => {
        const one = stored.get(pk);
        return one !== undefined && (status ?? one.value.status) === one.value.status ? show(one) : undefined;
      });
    },
  );
  return next === undefined ? { items: found } : { items: found, nextCursor: cursor.seal(next) };
};
