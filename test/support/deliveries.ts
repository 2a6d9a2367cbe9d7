import fc from 'fast-check';

/** What a delivery of a stream may be like; its worker dies at one of the first `steps` writes, if at all. */
export const deliveryParts = (steps: number) => ({
  shard: fc.nat(9),
  size: fc.integer({ min: 1, max: 6 }),
  crash: fc.record({
    step: fc.integer({ min: 1, max: steps }),
    when: fc.constantFrom('before' as const, 'after' as const),
  }),
  again: fc.boolean(),
  twice: fc.boolean(),
  divide: fc.boolean(),
});
