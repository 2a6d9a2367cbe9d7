import type { StoredRun } from '../../domain/import/stored-run.ts';
import { lostAssetPartition } from '../assets/entity.ts';
import { ofTenant } from '../store/entity.ts';
import type { Query, Table } from '../store/table.ts';

type Named = { assetId?: string | undefined; ciId?: string | undefined };

/** The assets that are lost or stolen, found by their own id or by that of the CI that they realise. */
export type LostAssets = {
  isEmpty: boolean;
  has: (named: Named) => boolean;
  assetOf: (named: Named) => string | undefined;
};

const pageSize = 1000;

const keptFor = new WeakMap<Table, { key: string; lost: Promise<LostAssets> }>();

/** The list as it was when the run was first looked at here: one query, of half a read unit while they are few. */
export const lostAssets = (
  table: Table,
  { tenant, runId }: Pick<StoredRun, 'tenant' | 'runId'>,
): Promise<LostAssets> => {
  const key = `${tenant}#${runId}`;
  const kept = keptFor.get(table);
  if (kept?.key === key) return kept.lost;
  const lost = readLost(table, tenant);
  keptFor.set(table, { key, lost });
  lost.catch(() => keptFor.delete(table));
  return lost;
};

const readLost = async (table: Table, tenant: string): Promise<LostAssets> => {
  const assets = new Set<string>();
  const byCi = new Map<string, string>();
  let after: Query['after'];
  do {
    const page = await table.query({
      index: 'inverse',
      pk: ofTenant(tenant, lostAssetPartition),
      limit: pageSize,
      ...(after === undefined ? {} : { after }),
    });
    for (const { g1sk } of page.items) {
      const [assetId = '', ciId = ''] = String(g1sk).split('#');
      assets.add(assetId);
      if (ciId !== '') byCi.set(ciId, assetId);
    }
    after = page.last;
  } while (after !== undefined);
  const assetOf = ({ assetId, ciId }: Named): string | undefined =>
    assetId !== undefined && assets.has(assetId) ? assetId : byCi.get(ciId ?? '');
  return { isEmpty: assets.size === 0, assetOf, has: (named) => assetOf(named) !== undefined };
};
