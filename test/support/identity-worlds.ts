import fc from 'fast-check';
import { type CiClassName, ciClasses } from '../../domain/ci/ci-classes.ts';
import type { RawIdentifier } from '../../domain/discovery/record.ts';
import { claimKeyOf, compactIdentifier, IdentifierType } from '../../domain/identity/identifier.ts';
import type { Candidate } from '../../domain/identity/known.ts';
import { normaliseIdentifiers } from '../../domain/identity/normalise.ts';
import { resolveIdentity } from '../../domain/identity/resolve.ts';

export const hex = (length: number) =>
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
export const anyRaw: fc.Arbitrary<RawIdentifier> = fc.record(
  { type: fc.constantFrom(...IdentifierType.options), value: anyText, qualifier: fc.string({ unit: 'binary' }) },
  { requiredKeys: ['type', 'value'] },
);
export const nature = fc.constantFrom('physical', 'virtual', 'logical', 'unknown');
export const normalise = (identifiers: RawIdentifier[], of: 'physical' | 'virtual' | 'logical' | 'unknown') =>
  normaliseIdentifiers({ identifiers, nature: of }, 'skyways');

/** A small world, so that records and devices really share, clash and tie. */
export const shared: fc.Arbitrary<RawIdentifier> = fc.oneof(
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
export const world = fc.record({
  raw: few,
  nature,
  candidates: fc.tuple(candidate('ast_a'), candidate('ast_b'), candidate('ci_c')),
  native: fc.option(fc.nat(2), { nil: undefined }),
  ciClass: classes,
  partial: fc.boolean(),
  half: fc.constantFrom('discovery', 'book'),
});
type World = typeof world extends fc.Arbitrary<infer T> ? T : never;

export const decide = (one: World, turn: <T>(list: readonly T[]) => T[] = (list) => [...list]) => {
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

export const valuesOf = (compact: readonly string[], type: string): string[] =>
  compact.filter((text) => text.startsWith(`${type}|`)).map((text) => text.split('|').slice(2).join('|'));
