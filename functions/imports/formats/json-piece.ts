import { isAscii } from 'node:buffer';
import { locateSyntaxError } from './glpi-json/json-syntax.ts';

/** Where something stands in the file; line and column count from 1, columns in UTF-16 units. */
export type Place = { line: number; column: number };

/** A stretch of the file, in UTF-8. */
export type Segment = { bytes: Buffer; place: Place };

/**
 * One value, or why there is none. `key` names the split array that the value is an element of ('' for an outermost array); a whole
 * document has none, and its split arrays are empty. `bytes`: of an element, as it stands in the file. After a `final` fault nothing
 * follows.
 */
export type Found =
  | { value: unknown; key?: string; place: Place; bytes?: Buffer }
  | { fault: Place & { reason: string; final?: true } };

const lineEnd = 10;
// A mark at the beginning of the file is taken off before; one further on is a character like any other.
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** The place behind `bytes` that begin at `start`. */
export const placeAfter = (start: Place, bytes: Buffer): Place => {
  let line = start.line;
  let lineStart = 0;
  for (let found = bytes.indexOf(lineEnd); found >= 0; found = bytes.indexOf(lineEnd, lineStart)) {
    line += 1;
    lineStart = found + 1;
  }
  const last = lineStart === 0 ? bytes : bytes.subarray(lineStart);
  const length = isAscii(last) ? last.length : decoder.decode(last).length;
  return { line, column: (lineStart === 0 ? start.column : 1) + length };
};

export const isBlank = (bytes: Buffer): boolean => bytes.every((byte) => byte <= 32);

/** The bytes of joined segments; one is not copied. */
export const joined = (segments: readonly Segment[]): Buffer =>
  segments.length === 1 && segments[0] !== undefined
    ? segments[0].bytes
    : Buffer.concat(segments.map(({ bytes }) => bytes));

/** Parses the joined segments, unless a `problem` was found while they were read. Never throws. */
export const parsePiece = (
  segments: readonly Segment[],
  problem: (Place & { reason: string }) | undefined,
  key?: string,
): Found => {
  if (problem !== undefined) return { fault: problem };
  const bytes = joined(segments);
  const text = decoder.decode(bytes);
  const start = bytes.findIndex((byte) => byte > 32);
  try {
    const value: unknown = JSON.parse(text);
    const place = placeOf(segments, Math.max(start, 0));
    return { value, place, ...(key === undefined ? {} : { key, bytes }) };
  } catch {
    const { line, column, found } = locateSyntaxError(text);
    const ends = found === 'the end of the file';
    const reason = `This is not JSON: ${ends ? 'a value is missing' : `${found} stands where something else must stand`}.`;
    const before = Buffer.byteLength(text.slice(0, offsetOf(text, line, column)));
    return { fault: { ...placeOf(segments, before), reason } };
  }
};

const offsetOf = (text: string, line: number, column: number): number => {
  let start = 0;
  for (let passed = 1; passed < line; passed += 1) start = text.indexOf('\n', start) + 1;
  return start + column - 1;
};

/** The place of the first byte that is no blank. */
export const startOf = (segments: readonly Segment[]): Place => {
  let offset = 0;
  for (const { bytes } of segments) {
    const start = bytes.findIndex((one) => one > 32);
    if (start >= 0) return placeOf(segments, offset + start);
    offset += bytes.length;
  }
  return placeOf(segments, offset);
};

const placeOf = (segments: readonly Segment[], offset: number): Place => {
  let rest = offset;
  for (const [index, { bytes, place }] of segments.entries()) {
    if (rest < bytes.length || index === segments.length - 1) return placeAfter(place, bytes.subarray(0, rest));
    rest -= bytes.length;
  }
  return { line: 1, column: 1 };
};
