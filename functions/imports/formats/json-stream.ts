import { withoutMark } from './byte-order-mark.ts';
import { elementLine } from './element-line.ts';
import { byte, endOfText, nextMark } from './json-marks.ts';
import {
  type Found,
  isBlank,
  joined,
  type Place,
  parsePiece,
  placeAfter,
  type Segment,
  startOf,
} from './json-piece.ts';
import type { KnownPieces } from './known-pieces.ts';

/**
 * `split` names the arrays whose elements are handed over one by one; `largest` is the size of one piece in bytes. `isKnown` is asked of
 * every element before it is read: one that is known is passed over. `copied` hears of every byte that is copied to be kept.
 */
export type JsonStreamOptions = {
  split: readonly string[];
  largest?: number;
  isKnown?: (bytes: Buffer, key: string, place: Place) => boolean;
  copied?: (bytes: number) => void;
};

/** Real exports nest 20 levels. */
const deepest = 64;
/** What names an array to be split stands this close before it. */
const nearby = 256;

/**
 * Reads JSON of any length piece by piece: every element of the arrays named in `split` (they stand in the outermost object or one
 * level below) and of an outermost array, then what is left of each document, so that several documents may follow each other.
 * A piece that is no JSON, too large or too deep is told with its place and the next one is read; an element counts only when a
 * comma or the end of its array follows. Brackets that do not fit end the reading. Every byte is looked at once, and copied at most twice.
 */
export const readJson = async function* (
  body: AsyncIterable<Uint8Array>,
  options: JsonStreamOptions,
  pieces?: KnownPieces,
): AsyncGenerator<Found> {
  const splitter = createSplitter(options);
  for await (const chunk of withoutMark(body)) {
    for (const found of splitter.feed(chunk)) {
      yield found;
      if ('fault' in found && found.fault.final) return;
    }
    await pieces?.settle();
  }
  yield* splitter.end();
};

/** After so many lines that are no known element, lines are not compared any more. */
const mostMisses = 32;

const createSplitter = ({ split, largest = 4 * 1024 * 1024, isKnown, copied }: JsonStreamOptions) => {
  const overLimit = `Larger than ${largest} bytes.`;
  let bytes: Buffer = Buffer.alloc(0); // what is not yet handed over or put by; `at` is the next byte of it to look at
  let at = 0;
  let place: Place = { line: 1, column: 1 }; // of the beginning of `bytes`
  let quoted = false;
  let string: { start: number; end: number } | undefined; // the last one in `bytes`, outside of elements
  const open: number[] = [];
  let over = 0; // levels beyond the deepest
  let array: { key: string; level: number; count: number } | undefined; // the one that is being split
  let segments: Segment[] = []; // of the document, before `bytes`
  let begun: Segment[] = []; // of the element, before `bytes`
  let held = 0; // bytes in the segments of the present piece
  let misses = 0; // lines in a row that were no known element
  let loose: Place | undefined; // of what stands outside of every document
  let problem: (Place & { reason: string }) | undefined; // why the present piece cannot be read

  const cut = (end: number): Segment => {
    const segment = { bytes: bytes.subarray(0, end), place };
    place = placeAfter(place, segment.bytes);
    bytes = bytes.subarray(end);
    at = 0;
    string = undefined;
    return segment;
  };
  const stop = (where: Place, reason: string): Found => ({ fault: { ...where, reason, final: true } });
  const finish = (parts: Segment[], key?: string): Found => {
    const size = parts.reduce((sum, part) => sum + part.bytes.length, 0);
    const tooLarge = size > largest && { ...(parts[0]?.place ?? place), reason: overLimit };
    if (parts.length > 1) copied?.(size);
    const found = parsePiece(parts, problem ?? (tooLarge || undefined), key);
    problem = undefined;
    return found;
  };
  const element = (end: number): Found | undefined => {
    if (array === undefined) return undefined;
    const parts = [...begun, cut(end)];
    begun = [];
    held = 0;
    const isFirst = array.count === 0 && problem === undefined;
    array.count += 1;
    if (isFirst && bytes[0] === byte.bracketEnd && parts.every((part) => isBlank(part.bytes))) return undefined;
    if (problem === undefined && isKnown?.(joined(parts), array.key, startOf(parts)) === true) {
      misses = 0;
      return undefined;
    }
    return finish(parts, array.key);
  };
  /**
   * An element that stands on a line of its own is compared before its brackets are looked for: what has the bytes of a known element is
   * one. Given up for a file that does not look like that, until an element of it is known.
   */
  const isKnownLine = (): boolean => {
    if (array === undefined || isKnown === undefined || problem !== undefined || misses > mostMisses) return false;
    const line = elementLine(bytes);
    if (line === undefined) return false;
    const where = placeAfter(place, bytes.subarray(0, line.start));
    misses += 1;
    if (!isKnown(bytes.subarray(line.start, line.end), array.key, where)) return false;
    misses = 0;
    array.count += 1;
    cut(line.next);
    return true;
  };
  /** The key of the array that opens at `mark`, if it is to be split: '' for an outermost one. */
  const keyAt = (mark: number): string | undefined => {
    if (open.length === 1) return '';
    if (string === undefined || open.length > 3 || open.slice(0, -1).includes(byte.bracket)) return undefined;
    if (!/^"\s*:\s*$/.test(bytes.toString('utf8', string.end, mark))) return undefined;
    const key = bytes.toString('utf8', string.start, string.end);
    return split.includes(key) ? key : undefined;
  };

  const opens = (mark: number, char: number): Found | undefined => {
    if (open.length === 0 && (loose !== undefined || !isBlank(bytes.subarray(0, mark))))
      return stop(placeAfter(place, bytes.subarray(0, mark)), 'Something stands before the value.');
    if (open.length >= deepest) {
      over += 1;
      problem ??= {
        ...placeAfter(place, bytes.subarray(0, mark)),
        reason: `Nested deeper than ${deepest} levels.`,
      };
      return undefined;
    }
    open.push(char);
    const key = char === byte.bracket && array === undefined ? keyAt(mark) : undefined;
    if (key === undefined) return undefined;
    array = { key, level: open.length, count: 0 };
    segments.push(cut(mark + 1));
    held = 0;
    return undefined;
  };
  const shuts = function* (mark: number, char: number): Generator<Found> {
    if (over > 0) {
      over -= 1;
      return;
    }
    const opened = open.pop();
    if (opened === undefined || opened + 2 !== char) {
      const where = placeAfter(place, bytes.subarray(0, mark));
      yield stop(where, `A bracket ${String.fromCharCode(char)} closes nothing that is open.`);
      return;
    }
    if (array !== undefined && open.length < array.level) {
      const found = element(mark);
      if (found !== undefined) yield found;
      array = undefined;
      held = segments.reduce((sum, part) => sum + part.bytes.length, 0);
      at = 1;
    }
    if (open.length > 0) return;
    const whole = [...segments, cut(at)];
    segments = [];
    held = 0;
    if (opened === byte.brace) yield finish(whole);
  };

  const feed = function* (chunk: Buffer): Generator<Found> {
    if (bytes.length > 0) copied?.(bytes.length + chunk.length);
    bytes = bytes.length === 0 ? chunk : Buffer.concat([bytes, chunk]);
    for (;;) {
      if (at === 0 && !quoted && begun.length === 0 && array?.level === open.length) while (isKnownLine());
      const mark = quoted ? endOfText(bytes, at) : nextMark(bytes, at);
      at = mark + 1;
      if (mark >= bytes.length) {
        at = mark;
        break;
      }
      const char = bytes[mark];
      if (char === byte.quote) {
        if (array === undefined) string = { start: quoted ? (string?.start ?? at) : at, end: mark };
        quoted = !quoted;
      } else if (char === byte.brace || char === byte.bracket) {
        const found = opens(mark, char);
        if (found !== undefined) yield found;
      } else if (char === byte.braceEnd || char === byte.bracketEnd) {
        const inside = array !== undefined && over === 0 && open.length > array.level;
        if (inside && (open.at(-1) ?? 0) + 2 === char) open.pop();
        else yield* shuts(mark, char);
      } else if (open.length === 0) {
        yield stop(placeAfter(place, bytes.subarray(0, mark)), 'A comma stands between two values.');
      } else if (over === 0 && array?.level === open.length) {
        const found = element(mark);
        if (found !== undefined) yield found;
        cut(1);
      }
    }
    putBy();
  };

  /** Puts by what was looked at, so that no byte is looked at or copied again; only a name that may be that of an array stays. */
  const putBy = (): void => {
    const beyond = at - bytes.length;
    const from = string === undefined || array !== undefined ? bytes.length : string.start - 1;
    const kept = string !== undefined && bytes.length - from <= nearby ? { ...string } : undefined;
    const end = kept === undefined ? bytes.length : from;
    const segment = cut(end);
    at = bytes.length + beyond;
    if (kept !== undefined) string = { start: kept.start - end, end: kept.end - end };
    if (open.length === 0) {
      const first = segment.bytes.findIndex((one) => one > 32);
      if (first >= 0) loose ??= placeAfter(segment.place, segment.bytes.subarray(0, first));
      return;
    }
    held += segment.bytes.length;
    if (segment.bytes.length > 0) (array === undefined ? segments : begun).push(segment);
    if (held + bytes.length <= largest) return;
    const first = array === undefined ? segments[0] : begun[0];
    problem ??= { ...(first?.place ?? place), reason: overLimit };
    if (array === undefined) segments = [];
    else begun = [];
    held = 0;
  };

  const end = function* (): Generator<Found> {
    const rest = open.length === 0 ? bytes.findIndex((one) => one > 32) : -1;
    const where = loose ?? (rest < 0 ? undefined : placeAfter(place, bytes.subarray(0, rest)));
    if (open.length === 0 && where === undefined) return;
    if (where !== undefined) yield stop(where, 'No object and no list begins here.');
    else {
      const last = placeAfter(place, bytes);
      yield stop(last, 'The file ends in the middle of a value: it was cut off. Write or upload it again.');
    }
  };
  return { feed, end };
};
