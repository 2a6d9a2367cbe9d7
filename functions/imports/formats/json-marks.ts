/** The bytes that JSON's structure is made of. */
export const byte = {
  quote: 34,
  comma: 44,
  bracket: 91,
  backslash: 92,
  bracketEnd: 93,
  brace: 123,
  braceEnd: 125,
} as const;

const marks = new Uint8Array(256);
for (const one of [byte.quote, byte.comma, byte.bracket, byte.bracketEnd, byte.brace, byte.braceEnd]) marks[one] = 1;

/** The index of the next byte that means something outside of a string: a quote, a bracket or a comma; the length when there is none. */
export const nextMark = (bytes: Uint8Array, from: number): number => {
  const { length } = bytes;
  let index = from;
  while (index < length && marks[bytes[index] as number] === 0) index += 1;
  return index;
};

/** The index of the quote that ends the string that `from` is in. One beyond the length: the last byte escapes the one after it. */
export const endOfText = (bytes: Uint8Array, from: number): number => {
  const { length } = bytes;
  let index = from;
  while (index < length) {
    const code = bytes[index];
    if (code === byte.quote) return index;
    index += code === byte.backslash ? 2 : 1;
  }
  return index;
};
