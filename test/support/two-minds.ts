import type { Asset } from '../../domain/asset/asset.ts';
import type { Ci } from '../../domain/ci/ci.ts';
import type { Facet, FacetValue } from '../../domain/reconcile/facet.ts';
import { assetEntity } from '../../functions/assets/entity.ts';
import { ciEntity } from '../../functions/cis/entity.ts';
import { startApp } from './app.ts';
import type { MemoryTable } from './memory-table.ts';

const at = '2026-01-01T00:00:00.000Z';
const change = { by: 'import', at, correlationId: 'run' };

/** One section that a source said, 30 days later if it is a book. */
export const said = (half: Facet['half'], section: string, values: Record<string, FacetValue>): Facet => ({
  half,
  sections: { [section]: { at: half === 'book' ? '2026-01-31T00:00:00.000Z' : at, hash: 'h', values } },
});

/** A server and its asset, of which the agent `glpi` and the register `books` do not say the same. */
export const twoMinds = (table: Pick<MemoryTable, 'put'>): { ci: Ci; asset: Asset } => {
  const made = { statusSetBy: 'import' as const, identifiers: [], origin: { correlationId: 'run' }, createdAt: at };
  const glpi = said('discovery', 'device', { name: 'crew1' });
  const books = said('book', 'device', { name: 'Crew server', criticality: 'P1' });
  const os = (half: Facet['half'], version: string) => said(half, 'os', { version }).sections;
  const ci: Ci = {
    ...made,
    ciId: `ci_${'m'.repeat(26)}`,
    class: 'server',
    status: 'operational',
    facets: {
      glpi: { ...glpi, sections: { ...glpi.sections, ...os('discovery', '12') } },
      'books#book': { ...books, sections: { ...books.sections, ...os('book', '11') } },
    },
  };
  const asset: Asset = {
    ...made,
    assetId: `ast_${'m'.repeat(26)}`,
    kind: 'hardware',
    status: 'in-stock',
    bindings: 0,
    facets: {
      glpi: said('discovery', 'bios', { manufacturer: 'Dell Inc.', model: 'R650' }),
      'books#book': said('book', 'itam', { manufacturer: 'Dell', model: 'PowerEdge', location: 'Ramp' }),
    },
  };
  table.put(ciEntity.toItem('skyways', ci, 1, { type: 'CiCreated', ...change }));
  table.put(assetEntity.toItem('skyways', asset, 1, { type: 'AssetCreated', ...change }));
  return { ci, asset };
};

export const bookFirst = [{ class: 'server', attribute: '*', order: ['books', 'discovery'] }];

/** An app whose server the sources `glpi` and `books` do not agree on, and whose rules can be changed and seen changed. */
export const startOfTwoMinds = () => {
  const app = startApp();
  const { ci, asset } = twoMinds(app.table);
  const put = (rules: unknown, version: number) =>
    app.call('putReconciliationRules', { body: { rules }, headers: { 'if-match': `"v${version}"` } });
  /** Every request takes a second of the clock. */
  const fiveSecondsLater = async () => {
    for (let n = 0; n < 5; n += 1) await app.call('getHealth');
  };
  const explain = async (name: 'explainCi' | 'explainAsset', attribute: string) => {
    const path = name === 'explainCi' ? { ciId: ci.ciId } : { assetId: asset.assetId };
    const { body } = await app.call(name, { path });
    return body.items.find((one: { attribute: string }) => one.attribute === attribute);
  };
  return { ...app, ci, asset, put, fiveSecondsLater, explain };
};
