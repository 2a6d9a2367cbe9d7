import type { Ci } from '../../domain/ci/ci.ts';
import type { Facets } from '../../domain/reconcile/facet.ts';
import { canonical } from '../../domain/shared/canonical.ts';
import type { SoftwareProduct } from '../../domain/software/product-view.ts';
import { ciEntity } from '../../functions/cis/entity.ts';
import type { ObjectStore } from '../../functions/objects/object-store.ts';
import { detailFile } from '../../functions/plan-import/chunk-line.ts';
import { digest } from '../../functions/shared/digest.ts';
import type { Item, Table } from '../../functions/store/table.ts';
import { startApp } from './app.ts';
import { healthCi } from './health-world.ts';

export const softwareTenant = 'skyways';
const at = '2026-05-01T00:00:00.000Z';
const change = { type: 'CiUpdated', by: 'kim', at, correlationId: 'test' };

export type Row = { name: string; version?: string; publisher?: string };

/** A CI of which these sources have sent these software lists; the lists are stored as an import stores them. */
export const ciWithSoftware = async (
  data: ObjectStore,
  n: number,
  lists: Readonly<Record<string, readonly Row[]>>,
  more: Partial<Ci> = {},
): Promise<Item> => {
  const ci = healthCi(n, more);
  const facets: Facets = { ...ci.facets };
  for (const [source, rows] of Object.entries(lists)) {
    const hash = digest(canonical([undefined, rows])).slice(0, 16);
    await data.put(detailFile(softwareTenant, ci.ciId, 'software', hash), JSON.stringify(rows), 'application/json');
    facets[source] = { half: 'discovery', sections: { software: { at, hash, count: rows.length } } };
  }
  return ciEntity.toItem(softwareTenant, { ...ci, facets }, 1, change);
};

/** Everything that the API says of products, page by page. */
export const allProducts = async (table: Table, query: Record<string, string> = {}): Promise<SoftwareProduct[]> => {
  const { call } = startApp(table);
  const found: SoftwareProduct[] = [];
  for (let cursor: string | undefined; ; ) {
    const asked = { limit: '3', ...query, ...(cursor === undefined ? {} : { cursor }) };
    const { status, body } = await call('listSoftwareProducts', { query: asked });
    if (status !== 200) throw new Error(JSON.stringify(body));
    found.push(...body.items);
    cursor = body.nextCursor;
    if (cursor === undefined) return found;
  }
};
