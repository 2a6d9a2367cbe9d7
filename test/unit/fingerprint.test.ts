import { describe, expect, it } from '@jest/globals';
import type { DiscoveryRecord } from '../../domain/discovery/record.ts';
import { fingerprintOf, isFactSection, isUnchanged, mergeFingerprint } from '../../domain/import/fingerprint.ts';
import { digest } from '../../functions/shared/digest.ts';

const laptop: DiscoveryRecord = {
  recordIndex: 0,
  nativeKey: 'serial:dell:SKYW42',
  half: 'discovery',
  action: 'upsert',
  partial: false,
  nature: 'physical',
  ciClass: 'computer',
  assetKind: 'hardware',
  name: 'sky-lt-1',
  identifiers: [{ type: 'serial', value: 'SKYW42', qualifier: 'Dell' }],
  sections: { os: { name: 'Debian', version: '12' } },
  details: { software: [{ name: 'rosterwing' }] },
  relations: [{ type: 'runs on', direction: 'out', record: 'host' }],
  warnings: [],
};
const print = (more: Partial<DiscoveryRecord> = {}) => fingerprintOf({ ...laptop, ...more }, digest);
const known = print();

describe('the fingerprint of a record', () => {
  it('has one hash for each section, for its identity, and for its relations', () => {
    expect(Object.keys(known).sort()).toEqual(['@identity', '@relations', 'os', 'software']);
    expect(Object.keys(known).filter(isFactSection).sort()).toEqual(['os', 'software']);
    expect(Object.keys(print({ itam: { holder: 'Astrid' } }))).toContain('itam');
  });
  it('does not depend on the order of keys, the place in the file, or what was warned of', () => {
    const turned = {
      sections: { os: { version: '12', name: 'Debian' } },
      recordIndex: 7,
      line: 9,
      observedAt: '2026-11-01T00:00:00.000Z',
    };
    expect(print({ ...turned, warnings: [{ code: 'x', detail: 'y' }] })).toEqual(known);
  });
  it.each<[string, Partial<DiscoveryRecord>, string]>([
    ['a fact', { sections: { os: { name: 'Debian', version: '13' } } }, 'os'],
    ['a list', { details: { software: [] } }, 'software'],
    ['a name', { name: 'sky-lt-2' }, '@identity'],
    ['an identifier', { identifiers: [] }, '@identity'],
    ['a class', { ciClass: 'server' }, '@identity'],
    ['a relation', { relations: [] }, '@relations'],
  ])('tells %s that changed', (_what, change, section) => {
    const now = print(change);
    expect(Object.keys(now).filter((name) => now[name] !== known[name])).toEqual([section]);
    expect(isUnchanged(known, now, false)).toBe(false);
  });
});

describe('a record that says nothing new', () => {
  const partial = (more: Partial<DiscoveryRecord>) => {
    const { relations: _relations, ...rest } = laptop;
    return fingerprintOf({ ...rest, partial: true, identifiers: [], sections: {}, details: {}, ...more }, digest);
  };

  it('is unchanged, and one never seen before is not', () => {
    expect(isUnchanged(known, print(), false)).toBe(true);
    expect(isUnchanged(undefined, print(), false)).toBe(false);
  });
  it('may be partial: only what it carries is compared, and fewer identifiers are no change', () => {
    expect(isUnchanged(known, partial({}), true)).toBe(true);
    expect(isUnchanged(known, partial({}), false)).toBe(false);
    expect(isUnchanged(known, partial({ sections: { os: { name: 'Debian', version: '13' } } }), true)).toBe(false);
  });
  it('does not make the other sections forgotten', () => {
    const now = partial({ sections: { os: { name: 'Debian', version: '13' } } });
    const merged = mergeFingerprint(known, now, true);
    expect(merged).toEqual({ ...known, os: now.os });
    expect(mergeFingerprint(undefined, now, true)).toEqual(now);
  });
});

describe('an observation that was not applied because it is old', () => {
  const old = print({ sections: { os: { name: 'Debian', version: '11' } }, name: 'old-name', relations: [] });
  it('is not remembered as the last word', () => {
    const kept = mergeFingerprint(known, old, false, ['os', 'device', '@relations']);
    expect(kept).toEqual(known);
    expect(mergeFingerprint(known, old, false, [])).toEqual(old);
  });
  it('is remembered when nothing else was said under this name', () => {
    expect(mergeFingerprint(undefined, old, false, ['os'])).toEqual(old);
  });
});
