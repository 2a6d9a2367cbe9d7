import { keyHash } from '../../store/shard.ts';

const bits = 2 ** 23;

/**
 * Which native keys of a file have news, in one megabyte however many there are. It may take a key for one that it is not, never the other
 * way: then a record without news is applied, and found to be without. `kept`: the marks of a filter before.
 */
export const keyFilter = (kept?: Uint8Array) => {
  const marks = kept?.length === bits / 8 ? kept : new Uint8Array(bits / 8);
  let isEmpty = kept === undefined;
  const held = new Set<string>();
  const has = (key: string): boolean => {
    if (isEmpty) return false;
    const bit = keyHash(key) % bits;
    return ((marks[bit >> 3] as number) & (1 << (bit & 7))) !== 0;
  };
  return {
    add: (key: string): void => {
      isEmpty = false;
      const bit = keyHash(key) % bits;
      marks[bit >> 3] = (marks[bit >> 3] as number) | (1 << (bit & 7));
    },
    has,
    /** Keys of records that were read and not compared yet. */
    hold: (key: string): void => void held.add(key),
    release: (): void => held.clear(),
    isEmpty: (): boolean => isEmpty && held.size === 0,
    mayHave: (key: string): boolean => (held.size > 0 && held.has(key)) || has(key),
    /** To go on with; undefined where there is no news yet. */
    marks: (): Uint8Array | undefined => (isEmpty ? undefined : marks),
  };
};
export type KeyFilter = ReturnType<typeof keyFilter>;
