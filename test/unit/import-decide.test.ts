import { describe, expect, it } from '@jest/globals';
import type { CiClassName } from '../../domain/ci/ci-classes.ts';
import { facetKey } from '../../domain/reconcile/facet.ts';
import { booked, decide, discovered } from '../support/import-records.ts';

describe('a laptop that book and discovery know', () => {
  const bookFirst = decide(discovered(), decide(booked()));
  const bookLast = decide(booked(), decide(discovered()));

  it('is one asset, one CI and one binding, with the same ids in both orders', () => {
    expect(bookFirst.asset?.assetId).toBe(bookLast.asset?.assetId);
    expect(bookFirst.ci?.ciId).toBe(bookLast.ci?.ciId);
    expect(bookFirst.asset?.binding).toEqual(bookLast.asset?.binding);
    expect(bookFirst.ci?.binding?.assetId).toBe(bookFirst.asset?.assetId);
    expect(bookFirst.binding?.bindingId).toBe(bookFirst.asset?.binding?.bindingId);
    expect(bookLast.binding).toBeUndefined();
  });
  it('ends with the same content in both orders', () => {
    expect(bookFirst.asset?.facets).toEqual(bookLast.asset?.facets);
    expect(bookFirst.asset?.identifiers).toEqual(bookLast.asset?.identifiers);
    expect(bookFirst.ci?.facets).toEqual(bookLast.ci?.facets);
    expect(bookFirst.asset?.status).toBe('deployed');
    expect(bookLast.asset?.status).toBe('deployed');
  });
  it('keeps the hardware identifiers with the asset', () => {
    expect(bookFirst.asset?.identifiers).toEqual(['assetTag||SKY-1', 'mac||a4:bb:6d:00:00:01', 'serial|dell|SKYW42']);
    expect(bookFirst.ci?.identifiers).toEqual([]);
  });
  it('keeps what the book says of the asset away from the CI, and the other way round', () => {
    expect(Object.keys(bookFirst.ci?.facets ?? {})).toEqual(['agents']);
    expect(Object.keys(bookFirst.asset?.facets.agents?.sections ?? {})).toEqual(['bios']);
  });
});

describe('what a record makes', () => {
  it('is a CI alone for a virtual machine, whatever serial it shows', () => {
    const { assetKind: _assetKind, ...guest } = discovered({ nature: 'virtual', ciClass: 'virtual-machine' });
    expect(decide(guest)).toMatchObject({ asset: undefined, ci: { class: 'virtual-machine' } });
  });
  it('is a CI alone for a computer without a usable serial', () => {
    const nameless = discovered({
      identifiers: [
        { type: 'mac', value: 'a4:bb:6d:00:00:01' },
        { type: 'serial', value: 'To be filled by O.E.M.' },
      ],
    });
    const { asset, ci, binding } = decide(nameless);
    expect([asset, binding]).toEqual([undefined, undefined]);
    expect(ci?.identifiers).toEqual(['mac||a4:bb:6d:00:00:01']);
  });
  it('is an asset alone for a row of the book, in stock unless it says otherwise', () => {
    expect(decide(booked())).toMatchObject({ ci: undefined, asset: { status: 'in-stock' } });
    expect(decide(booked({ itam: { status: 'retired' } })).asset?.status).toBe('retired');
  });
  it('is bound by a row of the book when only a MAC was known, and the MAC goes along', () => {
    const known = decide(discovered({ identifiers: [{ type: 'mac', value: 'a4:bb:6d:00:00:01' }] }));
    const { asset, ci, binding } = decide(booked(), known);
    expect(binding).toMatchObject({ assetId: asset?.assetId, ciId: known.ci?.ciId });
    expect(asset?.identifiers).toContain('mac||a4:bb:6d:00:00:01');
    expect(ci?.identifiers).toEqual([]);
    expect(asset?.status).toBe('deployed');
  });
  it('is not bound again when it is bound', () => {
    const known = decide(discovered(), decide(booked()));
    expect(decide(discovered({ name: 'renamed' }), known).binding).toBeUndefined();
  });
  it('has another id when its identity was used before', () => {
    const one = decide(discovered());
    expect(decide(discovered(), {}).ci?.ciId).toBe(one.ci?.ciId);
    expect(
      decide(discovered({ identifiers: [{ type: 'serial', value: 'SKYW42', qualifier: 'HP' }] })).ci?.ciId,
    ).not.toBe(one.ci?.ciId);
  });
});

describe('the class of a CI', () => {
  const classAfter = (...classes: CiClassName[]) =>
    classes.reduce(
      (known, ciClass) => decide(discovered({ ciClass }), known),
      decide(discovered({ ciClass: classes[0] ?? 'device' })),
    ).ci?.class;

  it.each<[CiClassName, CiClassName, CiClassName]>([
    ['unmanaged', 'printer', 'printer'],
    ['computer', 'server', 'server'],
    ['device', 'computer', 'computer'],
    ['virtual-machine', 'computer', 'virtual-machine'],
    ['cloud-resource', 'virtual-machine', 'virtual-machine'],
    ['storage', 'computer', 'storage'],
    ['device', 'unmanaged', 'unmanaged'],
  ])('of %s and %s is %s in both orders', (a, b, expected) => {
    expect([classAfter(a, b), classAfter(b, a)]).toEqual([expected, expected]);
  });
});

describe('what was known before', () => {
  const known = decide(discovered(), decide(booked()));

  it('is not changed by the same record again', () => {
    const again = decide(discovered(), known);
    expect(again.asset).toEqual(known.asset);
    expect(again.ci).toEqual(known.ci);
  });
  it('is not changed by an older observation, which is told', () => {
    const older = decide(
      discovered({ sections: { os: { name: 'Debian', version: '11' } }, name: 'old-name' }),
      known,
      '2026-11-19T06:00:00.000Z',
    );
    expect(older.ci).toEqual(known.ci);
    expect(older.stale).toEqual(['device', 'os']);
    expect(older.warnings).toEqual([
      { code: 'stale-observation', detail: 'Older than what is known, not applied: device, os.' },
    ]);
  });
  it('keeps its own name when a partial record, such as a list of guests, calls it something else', () => {
    const listed = decide(
      discovered({ partial: true, name: 'SKY-LT-1', sections: {} }),
      known,
      '2026-11-21T06:00:00.000Z',
    );
    expect(listed.ci?.facets.agents?.sections.device?.values).toEqual({ name: 'sky-lt-1' });
    expect(listed.ci?.facets.agents?.sections.listing?.values).toEqual({ name: 'SKY-LT-1' });
  });
  it('keeps the status of the book when discovery of the same source speaks later', () => {
    const input = { ...discovered(), half: 'discovery' as const };
    const row = { ...booked({ itam: { status: 'retired' } }) };
    const asset = decide(row).asset;
    const facets = { [facetKey('agents', 'book')]: asset?.facets[facetKey('register', 'book')] };
    const both = decide(input, {
      asset: asset === undefined ? undefined : { ...asset, facets: facets as typeof asset.facets },
    });
    expect(Object.keys(both.asset?.facets ?? {})).toEqual(['agents#book', 'agents']);
    expect(both.asset?.status).toBe('retired');
  });
  it('loses a serial without vendor to the same one with it', () => {
    const bare = decide(booked({ identifiers: [{ type: 'serial', value: 'SKYW42' }] }));
    expect(bare.asset?.identifiers).toEqual(['serial||SKYW42']);
    const qualified = ['mac||a4:bb:6d:00:00:01', 'serial|dell|SKYW42'];
    expect(decide(discovered(), bare).asset?.identifiers).toEqual(qualified);
    expect(
      decide(booked({ identifiers: [{ type: 'serial', value: 'SKYW42' }] }), decide(discovered())).asset?.identifiers,
    ).toEqual(qualified);
  });
});
