import { marshall } from '@aws-sdk/util-dynamodb';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Asset } from '../../domain/asset/asset.ts';
import { Ci } from '../../domain/ci/ci.ts';
import { assetEntity } from '../../functions/assets/entity.ts';
import { ciEntity } from '../../functions/cis/entity.ts';
import { fromHistory, toHistory } from '../../functions/store/history.ts';
import { marshal } from '../../functions/store/marshal.ts';
import type { Item } from '../../functions/store/table.ts';
import { fleetFile } from '../bench/groups/import-fleet.ts';
import { importRig } from '../support/import-rig.ts';
import { memoryTable } from '../support/memory-table.ts';

const base32 = [...'abcdefghijklmnopqrstuvwxyz234567'];
const own = (length: number) =>
  fc.array(fc.constantFrom(...base32), { minLength: length, maxLength: length }).map((list) => list.join(''));
const id = (prefix: string) => own(26).map((part) => `${prefix}_${part}`);
const moment = fc
  .date({ min: new Date('0001-01-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59Z'), noInvalidDate: true })
  .map((date) => date.toISOString());
const bindingOf = (ciId: string) =>
  fc.oneof(
    own(12).map((part) => `bnd_${ciId.slice(3)}_${part}`),
    madeElsewhere,
  );
/** Its CI was merged into another one since. */
const madeElsewhere = fc.tuple(own(26), own(12)).map(([ci, part]) => `bnd_${ci}_${part}`);
const run = fc.tuple(id('run'), fc.nat()).map(([correlationId, record]) => ({ correlationId, record }));
const origin = fc.oneof(
  run,
  fc.record({ correlationId: fc.string() }),
  fc.record({ correlationId: fc.string(), record: fc.nat() }),
);
const shared = {
  statusSetBy: fc.constantFrom('import' as const, 'person' as const),
  identifiers: fc.array(fc.string(), { maxLength: 3 }),
  facets: fc.constant({
    intune: { half: 'discovery' as const, nativeKey: 'intune:1', sections: {} },
  }),
  origin,
  createdAt: moment,
};
const cis = fc.tuple(id('ci'), id('ast'), moment, fc.boolean()).chain(([ciId, assetId, from, isBound]) =>
  fc.record({
    ciId: fc.constant(ciId),
    class: fc.constantFrom('computer' as const, 'business-service' as const),
    status: fc.constant('operational' as const),
    ...shared,
    ...(isBound
      ? {
          binding: bindingOf(ciId).map((bindingId) => ({ bindingId, assetId, from })),
          createdAt: fc.oneof(fc.constant(from), moment),
        }
      : {}),
  }),
);
const assets = fc.tuple(id('ci'), id('ast'), moment, fc.boolean()).chain(([ciId, assetId, from, isBound]) =>
  fc.record({
    assetId: fc.constant(assetId),
    kind: fc.constant('hardware' as const),
    status: fc.constant('deployed' as const),
    bindings: fc.nat(),
    ...shared,
    ...(isBound
      ? {
          binding: bindingOf(ciId).map((bindingId) => ({ bindingId, ciId, from })),
          createdAt: fc.oneof(fc.constant(from), moment),
        }
      : {}),
  }),
);
const change = { type: 'CiUpdated', by: 'user:kim', at: '2026-11-22T08:00:00.000Z', correlationId: 'request' };
const through = (item: Item): Item => JSON.parse(JSON.stringify(item));

describe('assets and CIs as they are stored', () => {
  it('come back as they were, as items and as history', () => {
    fc.assert(
      fc.property(cis, assets, (ci, asset) => {
        const ciItem = through(ciEntity.toItem('skyways', Ci.parse(ci), 1, change));
        expect(ciEntity.fromItem(ciItem).value).toEqual(ci);
        expect(fromHistory(ciEntity, toHistory(ciItem, change.at)).value).toEqual(ci);
        const assetItem = through(assetEntity.toItem('skyways', Asset.parse(asset), 1, change));
        expect(assetEntity.fromItem(assetItem).value).toEqual(asset);
      }),
      { numRuns: 500 },
    );
  });

  const ciId = `ci_${'a'.repeat(26)}`;
  const ci: Ci = {
    ciId,
    class: 'computer',
    status: 'operational',
    statusSetBy: 'import',
    identifiers: ['hostname||gate-7'],
    facets: {
      intune: {
        half: 'discovery',
        nativeKey: 'intune:gate-7',
        heardAt: '2026-11-21T08:00:00.000Z',
        sections: {
          os: { at: '2026-11-20T08:00:00.000Z', hash: 'h', values: { osName: 'Windows' } },
          disks: { at: '2026-11-19T08:00:00.000Z', hash: 'l', count: 2 },
        },
      },
    },
    binding: {
      bindingId: `bnd_${'a'.repeat(26)}_${'b'.repeat(12)}`,
      assetId: `ast_${'c'.repeat(26)}`,
      from: change.at,
    },
    origin: { correlationId: `run_${'d'.repeat(26)}`, record: 7 },
    createdAt: change.at,
  };

  it('of the time before the shorter form are read too', () => {
    const { facets: _facets, ...plain } = ci;
    const facets = {
      intune: {
        h: 'discovery',
        k: 'intune:gate-7',
        u: '2026-11-21T08:00:00.000Z',
        t: '2026-11-20T08:00:00.000Z',
        s: { os: { x: 'h', v: { osName: 'Windows' } } },
        l: { disks: 'l 2 2026-11-19T08:00:00.000Z' },
      },
    };
    const item = { ...ciEntity.toItem('skyways', ci, 1), d: { ...plain, facets } };
    expect(ciEntity.fromItem(item).value).toEqual(ci);
  });

  it('keep what the relay and the counters read from the stored form', () => {
    const { d } = ciEntity.toItem('skyways', ci, 1) as unknown as { d: Record<string, unknown> };
    const { status, identifiers, class: ciClass } = ci;
    expect(d).toMatchObject({ ciId, class: ciClass, status, identifiers, binding: { assetId: ci.binding?.assetId } });
    expect(d.facets).toMatchObject({ intune: { h: 'discovery', s: { os: {} } } });
  });

  it.each([
    ['origin', { o: 'nobody' }],
    ['createdAt', { n: 'never' }],
    ['createdAt', { n: Number.MAX_VALUE }],
    ['binding', { binding: { b: 'too short', assetId: ci.binding?.assetId } }],
    ['Unrecognized form of the facet intune', { facets: { intune: { half: 'discovery', sections: {} } } }],
    ['Unrecognized form of facets', { facets: 'gone' }],
    ['hash', { facets: { intune: { h: 'discovery', t: 1, s: { os: { osName: 'Windows' } } } } }],
  ])('are refused by name when they are damaged: %s', (reason, damage) => {
    const item = ciEntity.toItem('skyways', ci, 1);
    const read = () => ciEntity.fromItem({ ...item, d: { ...(item.d as object), ...damage } });
    expect(read).toThrow(`corrupt ci at skyways#${ciId} #`);
    expect(read).toThrow(reason);
  });
});

describe('a device of a fleet', () => {
  it('is stored in items of at most 1,024 bytes, with room: each is written for one unit', async () => {
    const table = memoryTable();
    const parts: Uint8Array[] = [];
    for await (const part of fleetFile(20)) parts.push(part);
    await importRig(table).importFile('intune', 'fleet.json', Buffer.concat(parts));
    const sizes = table
      .items()
      .filter(({ e }) => ['asset', 'ci', 'binding', 'claim', 'source entry'].includes(e))
      .map((item) => ({ e: item.e, bytes: bytesOf(item) - 3 }));
    expect(new Set(sizes.map(({ e }) => e)).size).toBe(5);
    expect(sizes.filter(({ bytes }) => bytes > 1000)).toEqual([]);
  });
});

/** As DynamoDB counts: names and texts by their bytes, numbers two digits a byte, maps and lists with 3 bytes and 1 for each member. */
const bytesOf = (value: unknown): number => {
  if (typeof value === 'string') return Buffer.byteLength(value);
  if (typeof value === 'number') return Math.ceil(String(value).length / 2) + 1;
  if (Array.isArray(value)) return value.reduce((sum, one) => sum + 1 + bytesOf(one), 3);
  if (typeof value !== 'object' || value === null) return 1;
  return Object.entries(value).reduce((sum, [name, one]) => sum + 1 + Buffer.byteLength(name) + bytesOf(one), 3);
};

describe('values on their way to the table', () => {
  it('are what the SDK makes of them', () => {
    const value = fc.anything({ withNullPrototype: true, maxDepth: 4 }).filter(isStorable);
    fc.assert(
      fc.property(fc.dictionary(fc.string(), value), (item) => {
        expect(marshal(item)).toEqual(marshall(item, { removeUndefinedValues: true }));
      }),
      { numRuns: 1000 },
    );
    expect(marshal({ act: () => 1, list: [() => 1, undefined] })).toEqual({ list: { L: [] } });
  });
  it('are refused where the SDK refuses them', () => {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, 2 ** 60, new Date(0)])
      expect(() => marshal({ value })).toThrow();
  });
});

/** What the SDK takes: the test of what it does not take is the other one. */
const isStorable = (value: unknown): boolean => {
  try {
    marshall({ value }, { removeUndefinedValues: true });
    return true;
  } catch {
    return false;
  }
};
