import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { TenantRules } from '../../domain/health/health-rule.ts';
import { isCounted } from '../../domain/health/recount.ts';
import { countsAt } from '../../domain/health/scorecard.ts';
import { assetEntity } from '../../functions/assets/entity.ts';
import { ciEntity } from '../../functions/cis/entity.ts';
import { recountEntity } from '../../functions/data-health/entities.ts';
import { readTally } from '../../functions/data-health/read-scorecard.ts';
import { healthRulesEntity } from '../../functions/data-health/rules-entity.ts';
import type { Item } from '../../functions/store/table.ts';
import { deliveryParts } from '../support/deliveries.ts';
import { edgeItem } from '../support/graph-table.ts';
import { ciNumber, testEdge } from '../support/graph-world.ts';
import { healthStream } from '../support/health-stream.ts';
import { assetNumber, healthAsset, healthCi, listedFailures, recountAll, said } from '../support/health-world.ts';
import type { MemoryTable } from '../support/memory-table.ts';

const tenant = 'skyways';
const days = ['2026-05-20', '2026-06-10', '2026-07-05', '2026-09-01'];
const seen = fc.constantFrom(
  undefined,
  '2026-05-01T06:00:00.000Z',
  '2026-05-09T23:59:59.000Z',
  '2026-06-01T00:00:00.000Z',
);

const ci = fc.record({
  kind: fc.constant('ci' as const),
  n: fc.nat(4),
  class: fc.constantFrom('server', 'computer', 'virtual-machine', 'application', 'business-service'),
  status: fc.constantFrom('operational', 'retired', 'planned'),
  hostname: fc.constantFrom(undefined, 'gate', 'desk'),
  owner: fc.boolean(),
  seen,
});
const asset = fc.record({
  kind: fc.constant('asset' as const),
  n: fc.nat(2),
  status: fc.constantFrom('deployed', 'in-stock', 'disposed'),
  serial: fc.constantFrom(undefined, 'S1', 'S2'),
  holder: fc.boolean(),
});
const binding = fc.record({
  kind: fc.constant('binding' as const),
  ci: fc.nat(4),
  asset: fc.nat(2),
  isOpen: fc.boolean(),
});
const edge = fc.record({ kind: fc.constant('edge' as const), from: fc.nat(4), to: fc.nat(4), isOpen: fc.boolean() });
const rules = fc.record({
  kind: fc.constant('rules' as const),
  off: fc.boolean(),
  days: fc.constantFrom(10, 90),
  own: fc.boolean(),
});
const act = fc.oneof(
  { weight: 6, arbitrary: ci },
  { weight: 4, arbitrary: asset },
  { weight: 4, arbitrary: edge },
  { weight: 3, arbitrary: binding },
  { weight: 1, arbitrary: rules },
);
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never;

const delivery = fc.record({ ...deliveryParts(12), place: fc.boolean() }, { requiredKeys: ['shard', 'size'] });

const change = { type: 'CiUpdated', by: 'kim', at: '2026-05-01T00:00:00.000Z', correlationId: 'test' };
const itemOf = (one: Act): Item | undefined => {
  switch (one.kind) {
    case 'ci':
      return ciEntity.toItem(
        tenant,
        healthCi(one.n, {
          class: one.class as 'server',
          status: one.status as 'planned',
          identifiers: one.hostname === undefined ? [] : [`hostname||${one.hostname}`],
          facets: said({ name: 'x', ...(one.owner ? { owner: 'kim' } : {}) }, one.seen),
        }),
        1,
        change,
      );
    case 'asset':
      return assetEntity.toItem(
        tenant,
        healthAsset(one.n, {
          status: one.status as 'deployed',
          identifiers: one.serial === undefined ? [] : [`serial||${one.serial}`],
          facets: said(one.holder ? { holder: 'kim' } : {}),
        }),
        1,
        change,
      );
    case 'binding':
      return undefined;
    case 'edge':
      return one.from === one.to
        ? undefined
        : edgeItem(testEdge(ciNumber(one.from), 'depends on', ciNumber(one.to)), 1, one.isOpen);
    case 'rules': {
      const own: TenantRules['own'] = one.own
        ? {
            'needs-kim': {
              title: 'Kim owns it',
              classes: ['device', 'asset'],
              condition: { attribute: 'owner', operator: 'equals', value: 'Kim', whenMissing: 'fails' },
              severity: 'low',
              weight: 3,
              fix: 'Ask Kim.',
              enabled: true,
            },
          }
        : {};
      const changed = { 'ci-stale': { enabled: true, days: one.days }, 'ci-owner': { enabled: !one.off } };
      return healthRulesEntity.toItem(tenant, { changed, own }, 1, { ...change, type: 'HealthRulesChanged' });
    }
  }
};

type Data = { binding?: unknown };

/** The next version of an item, as a person or an import would write it; bindings are none of their business. */
const store = async (table: MemoryTable, item: Item | undefined): Promise<void> => {
  if (item === undefined) return;
  const before = await table.get(item);
  const { binding } = (before?.d ?? {}) as Data;
  const d = binding === undefined ? item.d : { ...(item.d as Data), binding };
  await table.writeEach([{ put: { ...item, d, v: (before?.v ?? 0) + 1 }, expect: 'any' }]);
};

/** Opens or closes a binding: always on both sides, in one transaction. */
const bind = async (
  table: MemoryTable,
  { ci: n, asset: m, isOpen }: typeof binding extends fc.Arbitrary<infer T> ? T : never,
) => {
  const [ciId, assetId] = [ciNumber(n), assetNumber(m)];
  const ciItem = await table.get(ciEntity.keyOf(tenant, ciId));
  const assetItem = await table.get(assetEntity.keyOf(tenant, assetId));
  if (ciItem === undefined || assetItem === undefined) return;
  const [boundTo, boundBy] = [(ciItem.d as Data).binding, (assetItem.d as Data).binding] as {
    assetId?: string;
    ciId?: string;
  }[];
  const isBound = boundTo?.assetId === assetId && boundBy?.ciId === ciId;
  if (isOpen ? boundTo !== undefined || boundBy !== undefined : !isBound) return;
  const bindingId = `bnd_${'b'.repeat(26)}_${'b'.repeat(12)}`;
  const withBinding = (item: Item, value: object): Item => {
    const { binding: _binding, ...rest } = item.d as Data;
    return {
      ...item,
      v: item.v + 1,
      d: isOpen ? { ...rest, binding: { bindingId, from: change.at, ...value } } : rest,
    };
  };
  await table.transact([
    { put: withBinding(ciItem, { assetId }), expect: ciItem.v },
    { put: withBinding(assetItem, { ciId }), expect: assetItem.v },
  ]);
};

const expectRecount = async (table: MemoryTable): Promise<void> => {
  const items = table.items();
  const tally = await readTally(table, tenant);
  const state = items.find(({ e }) => e === recountEntity.name);
  const run = state === undefined ? undefined : recountEntity.fromItem(state).value;
  for (const day of days) {
    const { counts, failures } = recountAll(items, day);
    expect(countsAt(tally, (generation) => isCounted(run, generation), day)).toEqual(counts);
    expect(listedFailures(items)).toEqual(failures);
  }
};

describe('health counted as data changes', () => {
  it('is what a full recount comes to, whatever crashes, comes again, comes twice at once or is divided, at every day', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(act, fc.array(delivery, { maxLength: 3 })), { minLength: 1, maxLength: 30 }),
        async (steps) => {
          const stream = healthStream();
          for (const [one, deliveries] of steps) {
            if (one.kind === 'binding') await bind(stream.table, one);
            else await store(stream.table, itemOf(one));
            for (const { shard, divide = false, place = false, ...how } of deliveries) {
              if (divide) stream.divide(shard);
              if (place) await stream.placeEdges();
              await stream.deliver(shard, how);
            }
          }
          await stream.drain();
          await expectRecount(stream.table);
        },
      ),
      { numRuns: 100 },
    );
  });
});
