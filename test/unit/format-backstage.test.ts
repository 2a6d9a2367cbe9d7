import { describe, expect, it } from '@jest/globals';
import { readRef, refKey } from '../../functions/imports/formats/backstage/entity-ref.ts';
import { backstage } from '../../functions/imports/formats/backstage/format.ts';
import { relationshipEntity } from '../../functions/relationships/entity.ts';
import { errorsOf, fixtureText, parseWith, recognised, recordsOf, refusalOf } from '../support/discovery-file.ts';
import { importRig } from '../support/import-rig.ts';
import { memoryTable } from '../support/memory-table.ts';

const catalog = () => fixtureText('backstage/catalog-info.yaml');
const entity = (kind: string, name: string, spec: object = {}, more: object = {}) => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind,
  metadata: { name, namespace: 'default' },
  spec,
  ...more,
});

describe('a catalog file of several documents', () => {
  it('is recognised, and a manifest of Kubernetes is not', () => {
    expect(recognised(catalog())).toBe('backstage');
    expect(recognised([entity('API', 'seat-map')])).toBe('backstage');
    const manifest = 'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  labels:\n    backstage.io/kubernetes-id: x\n';
    expect(backstage.detect(manifest, { source: '', objectKey: '', storedAt: '' })).toBe(false);
  });

  it('declares a CI for every entity that is one, named by its full reference', async () => {
    const records = recordsOf(await parseWith(backstage, catalog()));
    expect(records.map(({ nativeKey, ciClass, line }) => [nativeKey, ciClass, line])).toEqual([
      ['component:default/check-in-web', 'application', 2],
      ['system:default/check-in', 'business-service', 28],
      ['domain:default/passenger', 'business-service', 33],
      ['api:default/boarding-pass', 'technical-service', 41],
      ['resource:default/seat-store', 'database', 54],
      ['resource:default/boarding-passes', 'cloud-resource', 63],
    ]);
    expect(records.every(({ half, assetKind }) => half === 'book' && assetKind === undefined)).toBe(true);
  });

  it('carries owner, description and what the catalog says of the entity, and nothing else', async () => {
    const [first] = recordsOf(await parseWith(backstage, catalog()));
    expect(first).toMatchObject({
      name: 'Check-in on the web',
      sections: {
        device: { owner: 'group:ground/check-in-crew', description: 'Where passengers choose a seat' },
        catalog: {
          kind: 'Component',
          type: 'website',
          lifecycle: 'production',
          namespace: 'default',
          repository: 'github.com/skyways/check-in-web',
          tags: ['passenger', 'react'],
        },
      },
    });
    const all = JSON.stringify(await parseWith(backstage, catalog()));
    for (const secret of ['do-not-copy-this', 'hunter2']) {
      expect(all).not.toContain(secret);
      expect(catalog()).toContain(secret);
    }
  });

  it('relates entities in the direction in which failure travels', async () => {
    const records = recordsOf(await parseWith(backstage, catalog()));
    const told = (at: number) =>
      records[at]?.relations?.map(({ type, direction, record }) => `${type} ${direction} ${record}`);
    expect(told(0)).toEqual([
      'depends on in api:default/boarding-pass',
      'depends on out api:default/seat-map',
      'depends on out api:ops/weather',
      'depends on out component:ops/gate-display',
      'depends on out resource:default/seat-store',
      'member of out component:default/passenger-portal',
      'member of out system:default/check-in',
    ]);
    expect(told(1)).toEqual(['member of out domain:default/passenger']);
    expect(told(2)).toEqual(['member of out domain:default/airline']);
    expect(told(4)).toEqual(['depends on in component:default/seat-engine']);
    expect(records[0]?.warnings).toEqual([
      { code: 'unreadable-reference', detail: 'References that name no entity were left out: not a reference.' },
    ]);
  });

  it('becomes CIs and one edge for what both ends tell', async () => {
    const table = memoryTable();
    const told = [
      entity('Component', 'gate', { dependsOn: ['resource:store'] }),
      entity('Resource', 'store', { dependencyOf: ['component:gate'] }),
    ];
    const rig = importRig(table);
    const { run } = await rig.importFile('catalogue', 'all.json', JSON.stringify(told));
    expect(run.counts).toMatchObject({ created: 2, rejected: 0 });
    const edges = table.items().filter(({ e }) => e === relationshipEntity.name);
    const types = edges.map((item) => relationshipEntity.fromItem(item).value.type);
    expect(types).toEqual(['depends on']);
    const again = await rig.importFile('catalogue', 'all.json', JSON.stringify(told));
    expect(again.run.counts).toMatchObject({ unchanged: 2 });
  });
});

describe('entities as the API of the catalog lists them', () => {
  const relations = [
    { type: 'ownedBy', targetRef: 'group:default/crew' },
    { type: 'partOf', targetRef: 'system:default/check-in' },
    { type: 'apiConsumedBy', target: { kind: 'Component', namespace: 'ops', name: 'Tower' } },
    { type: 'hasPart', targetRef: 'user:default/nobody' },
  ];

  it.each([
    ['a list', (one: object) => [one]],
    ['an answer with items', (one: object) => ({ totalItems: 1, items: [one], pageInfo: {} })],
    ['one entity', (one: object) => one],
  ])('reads %s, with the relations that the catalog found', async (_what, wrap) => {
    const parsed = await parseWith(backstage, wrap(entity('API', 'Seat-Map', { system: 'check-in' }, { relations })));
    expect(recordsOf(parsed).map(({ nativeKey, relations }) => [nativeKey, relations])).toEqual([
      [
        'api:default/seat-map',
        [
          { type: 'depends on', direction: 'in', record: 'component:ops/tower', name: 'tower' },
          { type: 'member of', direction: 'out', record: 'system:default/check-in', name: 'check-in' },
        ],
      ],
    ]);
    expect(errorsOf(parsed)).toEqual([]);
  });

  it('reads references in every form', () => {
    const defaults = { kind: 'Component', namespace: 'default' };
    const keyOf = (value: unknown) => {
      const ref = readRef(value, defaults);
      return ref === undefined ? undefined : refKey(ref);
    };
    expect(['Gate', 'ops/Gate', 'API:Gate', 'api:ops/gate', { name: 'Gate', kind: 'API' }].map(keyOf)).toEqual([
      'component:default/gate',
      'component:ops/gate',
      'api:default/gate',
      'api:ops/gate',
      'api:default/gate',
    ]);
    expect(['', 'a:b:c', 'a/b/c', ' ', 7, null, {}].map(keyOf)).toEqual(Array(7).fill(undefined));
  });
});

describe('what cannot be read', () => {
  const good = 'apiVersion: backstage.io/v1alpha1\nkind: System\nmetadata:\n  name: gate\n';

  it('names the line and column of a broken document and keeps the others', async () => {
    const parsed = await parseWith(
      backstage,
      `${good}---\nkind: Component\nmetadata: [\n---\n${good}---\nkind: Runway\n`,
    );
    expect(recordsOf(parsed).map(({ line }) => line)).toEqual([1, 9]);
    expect(errorsOf(parsed)).toEqual([
      { line: 7, column: 12, reason: expect.stringMatching(/^This is not YAML: /) },
      { line: 14, column: 1, pointer: '/kind', value: 'runway', reason: expect.stringMatching(/No CI class/) },
    ]);
  });

  it.each([
    ['metadata: {}', '/metadata/name'],
    ['metadata: {name: two words}', '/metadata/name'],
    ['a: b', '/kind'],
  ])('rejects an entity without a usable %s', async (text, pointer) => {
    const kind = pointer === '/kind' ? '' : 'kind: System\n';
    expect(errorsOf(await parseWith(backstage, `${good}---\n${kind}${text}\n`))).toEqual([
      expect.objectContaining({ pointer }),
    ]);
  });

  it('refuses a file of nothing usable, as YAML and as JSON', async () => {
    expect(await refusalOf(backstage, 'kind: [')).toMatchObject({ code: 'yaml-syntax', line: 1 });
    expect(await refusalOf(backstage, '[{"kind": }]')).toMatchObject({ code: 'json-syntax', line: 1, column: 11 });
    expect(await refusalOf(backstage, 'kind: Runway')).toMatchObject({ code: 'no-usable-record' });
  });

  it('ends a bomb of aliases and one of depth at once', async () => {
    const level = (name: string, of: string) => `${name}: &${name} [${Array(9).fill(`*${of}`).join(', ')}]\n`;
    const names = 'abcdefghijklmnop'.split('');
    const bomb = names.map((name, at) => (at === 0 ? 'a: &a [x]\n' : level(name, names[at - 1] ?? ''))).join('');
    const deep = `x: ${'['.repeat(100_000)}\n`;
    const before = performance.now();
    const parsed = await parseWith(backstage, `${good}---\n${bomb}---\n${deep}---\n${good}`, { chunk: 65_536 });
    expect(performance.now() - before).toBeLessThan(2000);
    expect(recordsOf(parsed)).toHaveLength(2);
    expect(errorsOf(parsed).map(({ reason }) => reason)).toEqual([
      expect.stringMatching(/maxAliases/),
      expect.stringMatching(/depth|nest/i),
    ]);
  });

  it('passes over a document that is too large and reads the next', async () => {
    const long = `kind: API\nx: ${'y'.repeat(5 * 1024 * 1024)}\n`;
    const parsed = await parseWith(backstage, `${good}---\n${long}---\n${good}`, { chunk: 65_536 });
    expect(recordsOf(parsed)).toHaveLength(2);
    expect(errorsOf(parsed)).toEqual([expect.objectContaining({ line: 5, reason: expect.stringMatching(/^Larger/) })]);
  });

  it('takes keys that every object has as plain keys', async () => {
    const [record] = recordsOf(
      await parseWith(
        backstage,
        `${good}  __proto__: {name: other}\nspec:\n  constructor: x\n  __proto__: {owner: y}\n`,
      ),
    );
    expect(record?.nativeKey).toBe('system:default/gate');
    expect(record?.sections.device).toEqual({});
  });
});
