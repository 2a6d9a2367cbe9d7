import { locateSyntaxError } from './glpi-json/json-syntax.ts';

/** Where something stands in the file; line and column count from 1, columns in UTF-16 units. */
export type Place = { line: number; column: number };

/** A stretch of the file. */
export type Segment = { text: string; place: Place };

/**
 * One value, or why there is none. `key` names the split array that the value is an element of ('' for an outermost array); a whole
 * document has none, and its split arrays are empty. After a `final` fault nothing follows.
 */
export type Found =
  | { value: unknown; key?: string; place: Place }
  | { fault: Place & { reason: string; final?: true } };

/** The length of the joined segments. */
export const sizeOf = (segments: readonly Segment[]): number =>
  segments.reduce((sum, { text }) => sum + text.length, 0);

/** The place behind `text` that begins at `start`. */
export const placeAfter = (start: Place, text: string): Place => {
  let line = start.line;
  let lineStart = 0;
  for (let found = text.indexOf('\n'); found >= 0; found = text.indexOf('\n', lineStart)) {
    line += 1;
    lineStart = found + 1;
  }
  return { line, column: (lineStart === 0 ? start.column : 1) + text.length - lineStart };
};

/** Parses the joined segments, unless a `problem` was found while they were read. Never throws. */
export const parsePiece = (
  segments: readonly Segment[],
  problem: (Place & { reason: string }) | undefined,
  key?: string,
): Found => {
  if (problem !== undefined) return { fault: problem };
  const text = segments.map((segment) => segment.text).join('');
  const blank = text.length - text.trimStart().length;
  const place = placeOf(segments, blank);
  try {
    const value: unknown = JSON.parse(text);
    return { value, place, ...(key === undefined ? {} : { key }) };
  } catch {
    const { line, column, found } = locateSyntaxError(text);
    const ends = found === 'the end of the file';
    const reason = `This is not JSON: ${ends ? 'a value is missing' : `${found} stands where something else must stand`}.`;
    return { fault: { ...placeOf(segments, offsetOf(text, line, column)), reason } };
  }
};

const offsetOf = (text: string, line: number, column: number): number => {
  let start = 0;
  for (let passed = 1; passed < line; passed += 1) start = text.indexOf('\n', start) + 1;
  return start + column - 1;
};

const placeOf = (segments: readonly Segment[], offset: number): Place => {
  let rest = offset;
  for (const [index, { text, place }] of segments.entries()) {
    if (rest < text.length || index === segments.length - 1) return placeAfter(place, text.slice(0, rest));
    rest -= text.length;
  }
  return { line: 1, column: 1 };
};
