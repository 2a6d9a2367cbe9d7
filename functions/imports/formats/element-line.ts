import { byte } from './json-marks.ts';

const newLine = 10;

/** The index of the last byte before `end` that is no blank; -1 when there is none. */
const lastOf = (bytes: Buffer, end: number): number => {
  let index = end - 1;
  while (index >= 0 && (bytes[index] as number) <= 32) index -= 1;
  return index;
};

/**
 * Where the first line with anything on it has what looks like an object and a comma: from where to where it stands, and what comes next.
 * It may be the beginning of a longer one; who knows its bytes knows better.
 */
export const elementLine = (bytes: Buffer): { start: number; end: number; next: number } | undefined => {
  const start = bytes.findIndex((one) => one > 32);
  if (start < 0 || bytes[start] !== byte.brace) return undefined;
  const comma = lastOf(bytes, bytes.indexOf(newLine, start));
  if (comma < 0 || bytes[comma] !== byte.comma) return undefined;
  const last = lastOf(bytes, comma);
  return bytes[last] === byte.braceEnd ? { start, end: last + 1, next: comma + 1 } : undefined;
};
