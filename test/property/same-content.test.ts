import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonical, sameContent } from '../../domain/shared/canonical.ts';

const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom(undefined, null, 0, -0, 1, '', 'a', 'null', true, Number.NaN),
    fc.array(tie('any'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', 'b', 'hasOwnProperty'), tie('any'), { maxKeys: 3 }),
  ),
})).any;

describe('the same content', () => {
  it('is what has the same canonical text', () => {
    fc.assert(
      fc.property(value, value, (a, b) => {
        expect(sameContent(a, b)).toBe(canonical(a) === canonical(b));
        expect(sameContent(a, structuredClone(a))).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
  it('is not told by the order of keys, and is by everything else', () => {
    expect(sameContent({ a: 1, b: [1, { c: 2, d: undefined }] }, { b: [1, { c: 2 }], a: 1 })).toBe(true);
    expect(sameContent({ a: 1 }, { a: 1, b: null })).toBe(false);
    expect(sameContent([1, 2], [2, 1])).toBe(false);
  });
});
