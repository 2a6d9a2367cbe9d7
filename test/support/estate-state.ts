import { readApi, readPages } from '../../infra/local/api-client.ts';

type Row = Record<string, unknown>;

/** What depends on when and in how many steps something was written, not on what was said. */
const passing = new Set([
  'version',
  'createdAt',
  'updatedAt',
  'lastObservedAt',
  'validFrom',
  'startedAt',
  'finishedAt',
  'runId',
  'counts',
]);

/** Everything that a viewer can see of assets, CIs, relationships and runs, ordered, without what may differ between two equal worlds. */
export const readState = async (apiUrl: string, token: string): Promise<Record<string, unknown[]>> => {
  const read = readApi(apiUrl, token);
  const all = async (path: string): Promise<Row[]> => {
    const rows: Row[] = [];
    for await (const page of readPages<Row>(read, `${path}?limit=100`)) rows.push(...page);
    return rows;
  };
  const cis = await all('/cis');
  const edges: Row[] = [];
  for (const { ciId } of cis) edges.push(...(await all(`/cis/${ciId}/relationships`)));
  const bindings: Row[] = [];
  for (const { ciId } of cis) bindings.push(...(await all(`/cis/${ciId}/bindings`)));
  const sets = { assets: await all('/assets'), cis, edges, bindings, runs: await all('/imports') };
  return Object.fromEntries(Object.entries(sets).map(([name, rows]) => [name, rows.map(lasting).sort(byText)]));
};

const byText = (a: unknown, b: unknown): number => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);

const lasting = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(lasting).sort(byText);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([name]) => !passing.has(name));
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, part]) => [name, lasting(part)]));
};
