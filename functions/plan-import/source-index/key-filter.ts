import { keyHash } from '../../store/shard.ts';

const bits = 2 ** 23;

/**
 * Which native keys of a file have news, in one megabyte however many there are. It may take a key for one that it is not, never the other
 * way: then a record without news is applied, and found to be without.
 */
export const keyFilter = () => {
  const marks = new Uint8Array(bits / 8);
  let isEmpty = true;
  return {
    add: (key: string): void => {
      isEmpty = false;
      const bit = keyHash(key) % bits;
      marks[bit >> 3] = (marks[bit >> 3] as number) | (1 << (bit & 7));
    },
    has: (key: string): boolean => {
      if (isEmpty) return false;
      const bit = keyHash(key) % bits;
      return ((marks[bit >> 3] as number) & (1 << (bit & 7))) !== 0;
    },
  };
};
export type KeyFilter = ReturnType<typeof keyFilter>;
