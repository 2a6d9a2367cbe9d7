import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compactIdentifier, Identifier } from '../../domain/identity/identifier.ts';
import { resolveIdentity } from '../../domain/identity/resolve.ts';
import { canonicalUuid, swapUuidBytes } from '../../domain/identity/uuid.ts';
import { canonicalVendor } from '../../domain/identity/vendors.ts';
import { anyRaw, decide, hex, nature, normalise, shared, valuesOf, world } from '../support/identity-worlds.ts';

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
