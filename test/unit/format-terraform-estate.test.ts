import { describe, expect, it } from '@jest/globals';
import type { Ci } from '../../domain/ci/ci.ts';
import { ciEntity } from '../../functions/cis/entity.ts';
import { relationshipEntity } from '../../functions/relationships/entity.ts';
import { fixture as aws } from '../support/aws.ts';
import { fixture } from '../support/cloud.ts';
import { importRig } from '../support/import-rig.ts';
import { memoryTable } from '../support/memory-table.ts';

const files = {
  'skyways-config': aws('config-snapshot'),
  'skyways-azure': fixture('azure', 'graph-answer'),
  'skyways-gcp': fixture('gcp', 'export'),
  'skyways-gates': fixture('kubernetes', 'cluster'),
  'skyways-code': fixture('terraform', 'version-4'),
};
type Source = keyof typeof files;
const sources = Object.keys(files) as Source[];

const importAll = async (order: readonly Source[]) => {
  const table = memoryTable();
  const rig = importRig(table);
  const outcomes: string[] = [];
  for (const source of order) {
    const { records } = await rig.importFile(source, `${source}.json`, files[source]);
    outcomes.push(...records.map(({ outcome }) => `${source} ${outcome}`));
  }
  const items = table.items();
  const cis = items
    .filter(({ pk, sk }) => /(?:^|#)ci_[a-z2-7]{26}$/.test(String(pk)) && sk === '#')
    .map((item) => ciEntity.fromItem(item).value);
  const edges = items
    .filter((item) => /(?:^|#)>#rel_/.test(String(item.sk)))
    .map((item) => relationshipEntity.fromItem(item).value);
  return { rig, cis, edges, outcomes };
};

const holding = (cis: readonly Ci[], identifier: string): Ci[] =>
  cis.filter(({ identifiers }) => identifiers.includes(identifier));
const facetsOf = ([ci, ...others]: readonly Ci[]): string[] => {
  if (ci === undefined || others.length > 0)
    throw new Error(`one CI expected, got ${others.length + (ci === undefined ? 0 : 1)}`);
  return Object.keys(ci.facets).sort();
};

describe.each([
  ['discovered first', sources],
  ['declared first', [...sources].reverse()],
  ['mixed', ['skyways-gates', 'skyways-code', 'skyways-gcp', 'skyways-config', 'skyways-azure'] as const],
])('what is declared and what is discovered, %s', (_name, order) => {
  it('is one CI, each kept apart under its source; and a second import changes nothing', async () => {
    const { cis, edges, outcomes, rig } = await importAll(order);
    expect(outcomes).toHaveLength(5 + 6 + 8 + 11 + 12);
    expect(outcomes.filter((one) => !/created|linked|updated/.test(one))).toEqual([]);
    const azure =
      'cloudId||azure:/subscriptions/5a000000-0000-4000-8000-000000000001/resourcegroups/checkin/providers/microsoft';
    const google = 'cloudId||gcp://compute.googleapis.com/projects/skyways-prod';
    expect(facetsOf(holding(cis, 'cloudId||aws:i-0aa11bb22cc33dd44'))).toEqual([
      'skyways-code#book',
      'skyways-config',
      'skyways-gates',
    ]);
    expect(facetsOf(holding(cis, `${azure}.compute/virtualmachines/checkin-1`))).toEqual([
      'skyways-azure',
      'skyways-code#book',
    ]);
    expect(facetsOf(holding(cis, `${google}/zones/europe-north1-a/instances/loyalty-1`))).toEqual([
      'skyways-code#book',
      'skyways-gcp',
    ]);
    expect(facetsOf(holding(cis, `${google}/regions/europe-north1/vpntunnels/hub`))).toEqual([
      'skyways-code#book',
      'skyways-gcp',
    ]);
    expect(facetsOf(holding(cis, 'k8sUid||c0000000-0000-4000-8000-0000000000c1'))).toEqual([
      'skyways-code#book',
      'skyways-gates',
    ]);

    const [machine] = holding(cis, 'cloudId||aws:i-0aa11bb22cc33dd44');
    const [workload] = holding(cis, 'k8sUid||c0000000-0000-4000-8000-0000000000c1');
    expect(
      edges.filter(({ from, to, type }) => from === workload?.ciId && to === machine?.ciId && type === 'runs on'),
    ).toHaveLength(1);
    expect(edges.filter(({ from, type }) => from === machine?.ciId && type === 'depends on')).toHaveLength(2);
    for (const source of ['skyways-code', 'skyways-gates'] as const) {
      const { records } = await rig.importFile(source, 'again.json', files[source]);
      expect(new Set(records.map(({ outcome }) => outcome))).toEqual(new Set(['unchanged']));
    }
  });
});
