/** What a zip may be. An honest export shrinks 5 to 12 times. */
export const zipLimits = {
  /** Bytes of the zip: it is laid in the temporary directory of the function, which has 512 MB. */
  packed: 256 * 1024 * 1024,
  entries: 10_000,
  /** Bytes of all entries, unpacked. */
  plain: 2 * 1024 * 1024 * 1024,
  /** Unpacked to packed, of one entry and of the whole: asked from `freeOfRatio` bytes on. */
  ratio: 100,
  freeOfRatio: 50 * 1024 * 1024,
};
export type ZipLimits = typeof zipLimits;
