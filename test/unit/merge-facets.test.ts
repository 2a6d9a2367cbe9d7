import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Facet, Facets, facetKey, sourceOfFacet } from '../../domain/reconcile/facet.ts';
import { facetOf, type IncomingFacet, mergeFacet, staleSections } from '../../domain/reconcile/merge.ts';
import { packFacets, unpackFacets } from '../../domain/reconcile/pack-facets.ts';

const day = (n: number): string => `2026-11-${String(n).padStart(2, '0')}T06:00:00.000Z`;

const said = (at: string, sections: IncomingFacet['sections'], more: Partial<IncomingFacet> = {}): IncomingFacet => ({
  half: 'discovery',
  nativeKey: 'serial:dell:SKYW42',
  at,
  sections,
  ...more,
});
const os = (version: string) => ({ os: { hash: `os-${version}`, values: { version } } });
const versionIn = (facet: Facet | undefined) => facet?.sections.os?.values?.version;

describe('one source speaking of one thing', () => {
  it('is believed in its later observation, whichever comes first', () => {
    const early = said(day(1), os('11'));
    const late = said(day(2), os('12'));
    expect(versionIn(mergeFacet(mergeFacet(undefined, early), late))).toBe('12');
    expect(mergeFacet(mergeFacet(undefined, late), early)).toEqual(mergeFacet(undefined, late));
  });
  it('is believed in its last word of one moment', () => {
    expect(versionIn(mergeFacet(mergeFacet(undefined, said(day(1), os('11'))), said(day(1), os('12'))))).toBe('12');
  });
  it('keeps sections that a later record does not carry', () => {
    const full = mergeFacet(undefined, said(day(1), { ...os('11'), cpu: { hash: 'c', values: { cores: 4 } } }));
    const partial = mergeFacet(full, said(day(2), os('12')));
    expect(partial.sections.cpu).toEqual(full.sections.cpu);
    expect(versionIn(partial)).toBe('12');
  });
  it('is left untouched by news that is none', () => {
    const known = mergeFacet(undefined, said(day(1), os('11')));
    expect(mergeFacet(known, said(day(2), os('11'), { nativeKey: 'another name' }))).toBe(known);
  });
  it('confirms its equal sections when it says something new', () => {
    const known = mergeFacet(undefined, said(day(1), { ...os('11'), cpu: { hash: 'c', values: { cores: 4 } } }));
    const next = mergeFacet(known, said(day(3), { ...os('12'), cpu: { hash: 'c', values: { cores: 4 } } }));
    expect(next.sections.cpu).toEqual({ at: day(3), hash: 'c', values: { cores: 4 } });
    const older = mergeFacet(known, said(day(3), os('12')));
    expect(older.sections.cpu?.at).toBe(day(1));
  });
  it('keeps the name that it used last', () => {
    const [self, listed] = [said(day(1), os('11')), said(day(2), { guest: { hash: 'g' } }, { nativeKey: 'vm:1' })];
    expect(mergeFacet(mergeFacet(undefined, self), listed).nativeKey).toBe('vm:1');
    expect(mergeFacet(mergeFacet(undefined, listed), self).nativeKey).toBe('vm:1');
  });
  it('may be called like what every object has', () => {
    expect(facetOf({}, 'constructor')).toBeUndefined();
    expect(
      staleSections(mergeFacet(undefined, said(day(1), {})), said(day(1), { constructor: { hash: 'x' } })),
    ).toEqual([]);
  });
});

describe('a blank cell of an asset book', () => {
  const cells = (hash: string, values: Record<string, string>) => ({ itam: { hash, values, overlay: true as const } });
  const row = (at: string, hash: string, values: Record<string, string>) =>
    said(at, cells(hash, values), { half: 'book' });
  const known = mergeFacet(undefined, row(day(1), 'a', { holder: 'Astrid', location: 'ARN HQ' }));

  it('leaves what was there', () => {
    const next = mergeFacet(known, row(day(2), 'b', { location: 'OSL' }));
    expect(next.sections.itam).toEqual({ at: day(2), hash: 'b', values: { holder: 'Astrid', location: 'OSL' } });
  });
  it('is no news where the rest says what is known', () => {
    expect(mergeFacet(known, row(day(2), 'c', { location: 'ARN HQ' }))).toBe(known);
  });
  it('would take the rest along if it did not overlay', () => {
    const { overlay: _overlay, ...whole } = cells('b', { location: 'OSL' }).itam;
    expect(mergeFacet(known, said(day(2), { itam: whole })).sections.itam?.values).toEqual({ location: 'OSL' });
  });
});

describe('an observation that comes late', () => {
  const known = mergeFacet(undefined, said(day(5), { ...os('12'), cpu: { hash: 'c' } }));
  it('is named by section where it says something else', () => {
    expect(staleSections(known, said(day(4), { ...os('11'), cpu: { hash: 'c' }, bios: { hash: 'b' } }))).toEqual([
      'os',
    ]);
    expect(staleSections(known, said(day(5), os('11')))).toEqual([]);
    expect(staleSections(undefined, said(day(4), os('11')))).toEqual([]);
  });
});

describe('the two halves of one source', () => {
  it('have a facet each under the name of the source', () => {
    expect(facetKey('skyways', 'book')).not.toBe(facetKey('skyways', 'discovery'));
    expect(
      ['book', 'discovery', 'manual'].map((half) => sourceOfFacet(facetKey('skyways', half as Facet['half']))),
    ).toEqual(['skyways', 'skyways', 'skyways']);
  });
});

const moment = fc.integer({ min: 1, max: 28 }).map(day);
const hash = fc.stringMatching(/^[a-z2-7]{16}$/);
const section = fc.record(
  {
    at: moment,
    hash,
    values: fc.dictionary(
      fc.string().filter((name) => name !== '__proto__'),
      fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.array(fc.string(), { maxLength: 3 })),
    ),
    count: fc.nat(),
  },
  { requiredKeys: ['at', 'hash'] },
);
const facet = fc.record(
  {
    half: fc.constantFrom('discovery' as const, 'book' as const, 'manual' as const),
    nativeKey: fc.string(),
    sections: fc.dictionary(fc.stringMatching(/^[a-zA-Z]{1,12}$/), section, { maxKeys: 12 }),
  },
  { requiredKeys: ['half', 'sections'] },
);

describe('facets as they are stored', () => {
  const facets = fc.dictionary(fc.stringMatching(/^[a-z0-9][a-z0-9._-]{0,10}(?:#book)?$/), facet, { maxKeys: 4 });
  it('come back as they were, through JSON too', () => {
    fc.assert(
      fc.property(facets, (given) => {
        const plain = JSON.parse(JSON.stringify(given));
        const stored = JSON.parse(JSON.stringify(packFacets(plain as Facets)));
        expect(Facets.parse(unpackFacets(stored))).toEqual(plain);
      }),
      { numRuns: 500 },
    );
  });
  it('are refused when they are something else', () => {
    expect(() => unpackFacets({ glpi: { half: 'discovery', sections: {} } })).toThrow('Unrecognized');
  });
});

describe('records of one source in any order', () => {
  const record = fc.record({ at: fc.uniqueArray(fc.integer({ min: 1, max: 28 }), { minLength: 2, maxLength: 5 }) });
  it('show the same values when each was observed at another moment and says something else', () => {
    fc.assert(
      fc.property(record, fc.infiniteStream(fc.nat()), ({ at }, picks) => {
        const records = at.map((n) =>
          said(day(n), n % 2 === 0 ? os(String(n)) : { ...os(String(n)), cpu: { hash: `c${n}` } }),
        );
        const turned = [...records].sort(() => ((picks.next().value as number) % 2 === 0 ? 1 : -1));
        const merged = (list: IncomingFacet[]) => list.reduce<Facet | undefined>(mergeFacet, undefined);
        expect(merged(turned)).toEqual(merged(records));
      }),
    );
  });
});
