import type { Ci } from '../../domain/ci/ci.ts';
import { ciEntity } from '../cis/entity.ts';
import type { Table } from '../store/table.ts';
import { mergeEntity } from './entity.ts';

const mostRounds = 20;

/** The CIs that were merged into one and are not told apart again, and those that were merged into them. */
export const absorbedCis = async (
  table: Table,
  tenant: string,
  { merges = [] }: Pick<Ci, 'merges'>,
): Promise<string[]> => {
  const absorbed: string[] = [];
  let wanted = merges;
  for (let round = 0; round < mostRounds && wanted.length > 0; round += 1) {
    const items = await table.getMany(wanted.map((mergeId) => mergeEntity.keyOf(tenant, mergeId)));
    const found = items.flatMap((item) => mergeEntity.fromItem(item).value.absorbed.ciId ?? []);
    absorbed.push(...found);
    const cis = await table.getMany(found.map((ciId) => ciEntity.keyOf(tenant, ciId)));
    wanted = cis.flatMap((item) => ciEntity.fromItem(item).value.merges ?? []);
  }
  return absorbed;
};
