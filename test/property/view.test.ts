import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Asset } from '../../domain/asset/asset.ts';
import { AssetView, assetValues, showAsset } from '../../domain/asset/asset-view.ts';
import { editAsset } from '../../domain/asset/edit-asset.ts';
import type { Ci } from '../../domain/ci/ci.ts';
import { CiView, showCi } from '../../domain/ci/ci-view.ts';
import { editCi } from '../../domain/ci/write-ci.ts';
import type { Facet, Facets } from '../../domain/reconcile/facet.ts';
import { assetEntity } from '../../functions/assets/entity.ts';
import { ciEntity } from '../../functions/cis/entity.ts';
import { digest } from '../../functions/shared/digest.ts';

const now = '2026-06-01T00:00:00.000Z';
const times = fc.integer({ min: 0, max: 3 }).map((day) => `2026-01-0${day + 1}T00:00:00.000Z`);
const texts = fc.constantFrom('A', 'B', 'C', 'D');
const values = fc.dictionary(fc.constantFrom('name', 'model', 'location', 'serial', 'version'), texts, { maxKeys: 4 });
const section = fc.record({ at: times, hash: texts, values });
const sections = (...names: string[]) => fc.dictionary(fc.constantFrom(...names), section, { maxKeys: 3 });
const facet: fc.Arbitrary<Facet> = fc.oneof(
  fc.record({ half: fc.constant('discovery' as const), sections: sections('device', 'bios', 'os') }),
  fc.record({ half: fc.constant('book' as const), sections: sections('itam') }),
);
const facets = fc.dictionary(fc.constantFrom('glpi', 'ocs', 'books', 'ledger'), facet, { maxKeys: 4 });

const change = { type: 'AssetUpdated', by: 'kim', at: now, correlationId: 'c' };
const base = (facets: Facets) => ({
  statusSetBy: 'import' as const,
  identifiers: ['serial|dell|ABC1234'],
  facets,
  origin: { correlationId: 'c' },
  createdAt: now,
});
const assetOf = (facets: Facets): Asset => ({
  ...base(facets),
  assetId: `ast_${'a'.repeat(26)}`,
  kind: 'hardware',
  status: 'in-stock',
  bindings: 0,
});
const ciOf = (facets: Facets): Ci => ({
  ...base(facets),
  ciId: `ci_${'a'.repeat(26)}`,
  class: 'server',
  status: 'operational',
});

/** The same content with its keys, at every level, in another order. */
const shuffled = <T>(value: T): T =>
  typeof value !== 'object' || value === null || Array.isArray(value)
    ? value
    : (Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([key, inner]) => [key, shuffled(inner)]),
      ) as T);

describe('the view', () => {
  it('does not depend on the order of facets and sections, and keeps its contract', () => {
    fc.assert(
      fc.property(facets, (given) => {
        const stored = { version: 3, change };
        expect(showAsset({ ...stored, value: assetOf(shuffled(given)) })).toEqual(
          showAsset({ ...stored, value: assetOf(given) }),
        );
        expect(showCi({ ...stored, value: ciOf(shuffled(given)) })).toEqual(showCi({ ...stored, value: ciOf(given) }));
        expect(AssetView.safeParse(showAsset({ ...stored, value: assetOf(given) })).success).toBe(true);
        expect(CiView.safeParse(showCi({ ...stored, value: ciOf(given) })).success).toBe(true);
      }),
    );
  });

  it('shows what a person set, whatever the sources say, and the sources again when it is cleared', () => {
    fc.assert(
      fc.property(facets, (given) => {
        const asset = assetOf(given);
        const set = editAsset(asset, { name: 'by hand', model: 'M' }, { now, digest }).asset;
        expect(assetValues(set)).toEqual({ ...assetValues(asset), name: 'by hand', model: 'M' });
        const cleared = editAsset(set, { name: null, model: null }, { now, digest }).asset;
        expect(cleared).toEqual(asset);
        const ci = editCi(ciOf(given), { attributes: { 'os.version': 'by hand' } }, { now, digest });
        expect(showCi({ value: ci, version: 1 }).attributes['os.version']).toBe('by hand');
        expect(editCi(ci, { attributes: { 'os.version': null } }, { now, digest })).toEqual(ciOf(given));
      }),
    );
  });

  it('asks books first for what books know and discovery first for the hardware', () => {
    fc.assert(
      fc.property(facets, (given) => {
        const shown = assetValues(assetOf(given));
        const said = (half: Facet['half'], names: string[], key: string) =>
          Object.values(given)
            .filter((one) => one.half === half)
            .flatMap((one) => names.flatMap((name) => one.sections[name]?.values?.[key] ?? []));
        const book = { location: said('book', ['itam'], 'location'), model: said('book', ['itam'], 'model') };
        const found = {
          location: said('discovery', ['device', 'bios'], 'location'),
          model: said('discovery', ['device', 'bios'], 'model'),
        };
        const first = (a: unknown[], b: unknown[]) => (a.length > 0 ? a : b);
        const expected = { location: first(book.location, found.location), model: first(found.model, book.model) };
        for (const key of ['location', 'model'] as const) {
          if (expected[key].length === 0) expect(shown[key]).toBeUndefined();
          else expect(expected[key]).toContain(shown[key]);
        }
      }),
    );
  });

  it('takes the latest word of one half, the first source by name at the same moment, and skips what does not fit', () => {
    const say = (at: string, value: string | number): Facet => ({
      half: 'book',
      sections: { itam: { at, hash: 'h', values: { location: value } } },
    });
    const [early, late] = ['2026-01-01T00:00:00.000Z', '2026-02-01T00:00:00.000Z'];
    const shown = (given: Facets) => assetValues(assetOf(given)).location;
    expect(shown({ a: say(early, 'old'), b: say(late, 'new') })).toBe('new');
    expect(shown({ b: say(late, 'B'), a: say(late, 'A') })).toBe('A');
    expect(shown({ a: say(early, 'text'), b: say(late, 7) })).toBe('text');
    expect(shown({ b: say(late, 7) })).toBeUndefined();
  });
});

describe('an entity', () => {
  it('is read back as it was written', () => {
    fc.assert(
      fc.property(facets, fc.integer({ min: 1, max: 1e6 }), (given, version) => {
        const asset = { value: assetOf(given), version, change };
        const ci = { value: ciOf(given), version, change };
        expect(assetEntity.fromItem(assetEntity.toItem('skyways', asset.value, version, change))).toEqual(asset);
        expect(ciEntity.fromItem(ciEntity.toItem('skyways', ci.value, version, change))).toEqual(ci);
      }),
    );
  });
});
