import { ciEntity } from '../cis/entity.ts';
import { fromHistory, historyQuery } from '../store/history.ts';
import type { Table } from '../store/table.ts';

/** How far back is looked: a merge is taken back soon, or not at all. */
const mostVersions = 200;

/** The CIs that a CI was merged into and told apart from again, the latest first: what sources said meanwhile lies under their ids. */
export const formerSurvivors = async (table: Table, tenant: string, ciId: string): Promise<string[]> => {
  const { items } = await table.query({ ...historyQuery(ciEntity.keyOf(tenant, ciId)), limit: mostVersions });
  return [...new Set(items.flatMap((item) => fromHistory(ciEntity, item).value.mergedInto ?? []))];
};
