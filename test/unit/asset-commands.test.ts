import { describe, expect, it } from '@jest/globals';
import { createAsset, NewAsset } from '../../domain/asset/create-asset.ts';
import { editAsset } from '../../domain/asset/edit-asset.ts';
import { Problem } from '../../domain/shared/problem.ts';
import { digest } from '../../functions/shared/digest.ts';

const now = '2026-01-01T00:00:00.000Z';
const creation = { now, digest, tenant: 'skyways', requestKey: 'r', correlationId: 'c' };
const make = (input: object) => createAsset(NewAsset.parse(input), creation);
const later = { now: '2026-02-01T00:00:00.000Z', digest };
const values = (list: { value: string }[]) => list.map(({ value }) => value);

describe('a new asset', () => {
  it('is the same for the same request, and another for another request or tenant', () => {
    const ids = [creation, creation, { ...creation, requestKey: 's' }, { ...creation, tenant: 'rivals' }].map(
      (one) => createAsset(NewAsset.parse({}), one).asset.assetId,
    );
    expect(ids[0]).toBe(ids[1]);
    expect(new Set(ids).size).toBe(3);
  });

  it('says nothing by hand when nothing was said', () => {
    expect(make({}).asset).toMatchObject({ facets: {}, identifiers: [], status: 'in-stock', kind: 'hardware' });
  });
});

describe('an edit by hand', () => {
  const { asset } = make({ serial: 'ABC-1234', assetTag: 'SKY-1', manufacturer: 'Dell', company: 'Skyways AB' });

  it('changes nothing when it says what was said before, even later', () => {
    const edit = editAsset(asset, { serial: 'ABC-1234', notes: null }, later);
    expect(edit).toEqual({ asset, claims: [], releases: [] });
  });

  it('releases the old serial and claims the new one', () => {
    const edit = editAsset(asset, { serial: 'XYZ-9876' }, later);
    expect([values(edit.releases), values(edit.claims)]).toEqual([['ABC-1234'], ['XYZ-9876']]);
    expect(edit.asset.identifiers).toEqual(['assetTag|skyways-ab|SKY-1', 'serial|dell|XYZ-9876']);
    expect(edit.asset.facets.manual?.sections.manual?.at).toBe(later.now);
  });

  it('does not take away a serial that a source still says, however it writes it', () => {
    const said = (serial: string) => ({
      ...asset,
      facets: {
        ...asset.facets,
        glpi: { half: 'discovery' as const, sections: { bios: { at: now, hash: 'h', values: { serial } } } },
      },
    });
    const kept = editAsset(said(' abc-1234 '), { serial: 'XYZ-9876' }, later);
    expect([values(kept.releases), values(kept.claims)]).toEqual([[], ['XYZ-9876']]);
    expect(kept.asset.identifiers).toContain('serial|dell|ABC-1234');
    expect(values(editAsset(said('OTHER-555'), { serial: 'XYZ-9876' }, later).releases)).toEqual(['ABC-1234']);
  });

  it('carries the qualifier along when maker or company change', () => {
    const edit = editAsset(asset, { manufacturer: 'HP', company: null }, later);
    expect(edit.asset.identifiers).toEqual(['assetTag||SKY-1', 'serial|hp|ABC-1234']);
    expect(edit.releases).toHaveLength(2);
    expect(edit.claims).toHaveLength(2);
  });

  it('refuses a serial that names nothing, but not other edits beside one that is stored', () => {
    expect(() => editAsset(asset, { serial: 'N/A' }, later)).toThrow(Problem);
    const facets = {
      manual: { half: 'manual' as const, sections: { manual: { at: now, hash: 'h', values: { serial: 'N/A' } } } },
    };
    expect(editAsset({ ...asset, facets, identifiers: [] }, { notes: 'x' }, later).asset.identifiers).toEqual([]);
  });
});
