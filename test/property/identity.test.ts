import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type CiClassName, ciClasses } from '../../domain/ci/ci-classes.ts';
import type { RawIdentifier } from '../../domain/discovery/record.ts';
import { claimKeyOf, compactIdentifier, Identifier, IdentifierType } from '../../domain/identity/identifier.ts';
import type { Candidate } from '../../domain/identity/known.ts';
import { normaliseIdentifiers } from '../../domain/identity/normalise.ts';
import { resolveIdentity } from '../../domain/identity/resolve.ts';
import { canonicalUuid, swapUuidBytes } from '../../domain/identity/uuid.ts';
import { canonicalVendor } from '../../domain/identity/vendors.ts';

const hex = (length: number) =>
  fc.array(fc.constantFrom(...'0123456789abcdef'), { minLength: length, maxLength: length }).map((all) => all.join(''));
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: 'grapheme', maxLength: 320 }),
  hex(32),
  hex(12),
  hex(40),
  fc.ipV4(),
  fc.ipV6(),
  fc.domain(),
  fc.stringMatching(/^\d{14,16}$/),
);
const anyRaw: fc.Arbitrary<RawIdentifier> = fc.record(
  { type: fc.constantFrom(...IdentifierType.options), value: anyText, qualifier: fc.string({ unit: 'binary' }) },
  { requiredKeys: ['type', 'value'] },
);
const nature = fc.constantFrom('physical', 'virtual', 'logical', 'unknown');
const normalise = (identifiers: RawIdentifier[], of: 'physical' | 'virtual' | 'logical' | 'unknown') =>
  normaliseIdentifiers({ identifiers, nature: of }, 'skyways');

/** A small world, so that records and devices really share, clash and tie. */
const shared: fc.Arbitrary<RawIdentifier> = fc.oneof(
  fc.record({
    type: fc.constantFrom('serial', 'assetTag', 'boardSerial'),
    value: fc.constantFrom('SKY0001', 'SKY0002'),
    qualifier: fc.constantFrom('Dell', 'HP', ''),
  }),
  fc.record({
    type: fc.constant('uuid'),
    value: fc.constantFrom('1', '2').map((end) => `2c4f7a109b3d4e218a5c0d1e2f3a4b5${end}`),
  }),
  fc.record({ type: fc.constantFrom('cloudId', 'k8sUid'), value: fc.constantFrom('i-1', 'i-2') }),
  fc.record({ type: fc.constant('mac'), value: fc.constantFrom('a4:bf:01:23:45:67', 'ae:bf:01:23:45:67') }),
  fc.record({ type: fc.constant('fqdn'), value: fc.constantFrom('a.skyways.example', 'b.skyways.example') }),
  fc.record({ type: fc.constant('hostname'), value: fc.constantFrom('gate', 'bay') }),
  fc.record({ type: fc.constant('ip'), value: fc.constantFrom('10.0.0.1', '10.0.0.2') }),
);
const few = fc.array(shared, { maxLength: 5 });
const classes = fc.option(fc.constantFrom(...(Object.keys(ciClasses) as CiClassName[])), { nil: undefined });
const candidate = (deviceId: string): fc.Arbitrary<Candidate> =>
  fc.tuple(few, classes, nature).map(([raw, ciClass, of]) => {
    const identifiers = normalise(raw, of);
    const device = {
      deviceId,
      identifiers: identifiers.map(compactIdentifier),
      ...(ciClass === undefined ? {} : { ciClass }),
    };
    return { device, claims: identifiers.map(claimKeyOf) };
  });
const world = fc.record({
  raw: few,
  nature,
  candidates: fc.tuple(candidate('ast_a'), candidate('ast_b'), candidate('ci_c')),
  native: fc.option(fc.nat(2), { nil: undefined }),
  ciClass: classes,
  partial: fc.boolean(),
  half: fc.constantFrom('discovery', 'book'),
});
type World = typeof world extends fc.Arbitrary<infer T> ? T : never;

const decide = (one: World, turn: <T>(list: readonly T[]) => T[] = (list) => [...list]) => {
  const nativeDevice = one.native === undefined ? undefined : one.candidates[one.native]?.device;
  return resolveIdentity({
    identifiers: turn(normalise(one.raw, one.nature)),
    candidates: turn(one.candidates),
    nature: one.nature,
    partial: one.partial,
    half: one.half,
    ...(one.ciClass === undefined ? {} : { ciClass: one.ciClass }),
    ...(nativeDevice === undefined ? {} : { nativeDevice }),
  });
};

const valuesOf = (compact: readonly string[], type: string): string[] =>
  compact.filter((text) => text.startsWith(`${type}|`)).map((text) => text.split('|').slice(2).join('|'));

describe('normalising', () => {
  it('takes any text, gives valid identifiers, and changes nothing the second time', () => {
    fc.assert(
      fc.property(fc.array(anyRaw, { maxLength: 6 }), nature, (raw, of) => {
        for (const identifier of normalise(raw, of)) {
          expect(Identifier.safeParse(identifier).success).toBe(true);
          expect(identifier.reason !== undefined).toBe(['weak', 'rejected'].includes(identifier.strength));
          if (identifier.strength === 'rejected') continue;
          const { raw: _raw, ...kept } = identifier;
          const { type, value, qualifier } = identifier;
          const again = normalise([{ type, value, ...(qualifier === undefined ? {} : { qualifier }) }], of);
          expect(again.find((one) => one.type === type)).toEqual(kept);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('gives the same set whatever the order of the file', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(anyRaw, shared), { maxLength: 8 }), nature, (raw, of) => {
        expect(normalise(raw.toReversed(), of)).toEqual(normalise(raw, of));
      }),
    );
  });

  it('gives one canonical UUID for both byte orders, and two for two UUIDs', () => {
    fc.assert(
      fc.property(hex(32), hex(32), (a, b) => {
        expect(canonicalUuid(swapUuidBytes(a))).toBe(canonicalUuid(a));
        expect(canonicalUuid(a) === canonicalUuid(b)).toBe(a === b || swapUuidBytes(a) === b);
      }),
    );
  });

  it('reads a canonical vendor as itself', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.lorem({ maxCount: 4 })), (name) => {
        const vendor = canonicalVendor(name);
        if (vendor !== undefined) expect(canonicalVendor(vendor)).toBe(vendor);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('resolving', () => {
  it('does not depend on the order of identifiers and candidates', () => {
    fc.assert(
      fc.property(world, (one) => {
        expect(decide(one, (list) => list.toReversed())).toEqual(decide(one));
        expect(decide(one, (list) => [...list.slice(1), ...list.slice(0, 1)])).toEqual(decide(one));
      }),
      { numRuns: 1000 },
    );
  });

  it('never matches a device whose serial, UUID or cloud id all differ', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(world, (one) => {
        const resolution = decide(one);
        seen.add(resolution.kind);
        if (resolution.kind !== 'match') return;
        const mine = normalise(one.raw, one.nature).map(compactIdentifier);
        for (const type of ['serial', 'uuid', 'cloudId']) {
          const theirs = valuesOf(resolution.device.identifiers, type);
          const own = valuesOf(mine, type);
          expect(theirs.length === 0 || own.length === 0 || own.some((value) => theirs.includes(value))).toBe(true);
        }
      }),
      { numRuns: 2000 },
    );
    expect([...seen].sort()).toEqual(['ambiguous', 'held', 'match', 'new']);
  });

  it('never picks when two devices share a strong identifier with the record', () => {
    let ties = 0;
    fc.assert(
      fc.property(world, (one) => {
        const strong = normalise(one.raw, one.nature).filter(({ strength }) => strength === 'strong');
        const hits = one.candidates.filter(({ device }) =>
          strong.some(({ type, value, qualifier = '' }) =>
            device.identifiers.some((text) => text === `${type}|${qualifier}|${value}`),
          ),
        );
        if (hits.length < 2) return;
        ties += 1;
        const resolution = decide(one);
        expect(resolution.kind).toBe('ambiguous');
        const listed =
          resolution.kind === 'ambiguous' ? resolution.candidates.map(({ device }) => device.deviceId) : [];
        expect(listed).toEqual(expect.arrayContaining(hits.map(({ device }) => device.deviceId)));
      }),
      { numRuns: 2000 },
    );
    expect(ties).toBeGreaterThan(50);
  });

  it('throws on nothing, not even on a device with a spoilt list', () => {
    const wild = fc.record({ deviceId: fc.string(), identifiers: fc.array(fc.string({ unit: 'binary' })) });
    const anyCandidate = fc.record({ device: wild, claims: fc.array(fc.string()) });
    fc.assert(
      fc.property(
        fc.array(anyRaw, { maxLength: 6 }),
        fc.array(anyCandidate, { maxLength: 4 }),
        nature,
        (raw, candidates, of) => {
          const input = {
            identifiers: normalise(raw, of),
            candidates,
            nature: of,
            partial: false,
            half: 'discovery',
          } as const;
          expect(['match', 'new', 'ambiguous', 'held']).toContain(resolveIdentity(input).kind);
        },
      ),
    );
  });
});
