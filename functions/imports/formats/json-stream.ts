import { nextMark } from './json-marks.ts';
import { type Found, type Place, parsePiece, placeAfter, type Segment, sizeOf } from './json-piece.ts';

/** `split` names the arrays whose elements are handed over one by one; `largest` is the length of one piece in UTF-16 units. */
export type JsonStreamOptions = { split: readonly string[]; largest?: number };

/** Real exports nest 20 levels. */
const deepest = 64;
const closes: Readonly<Record<string, string>> = { '{': '}', '[': ']' };
/**
 * Reads JSON of any length piece by piece: every element of the arrays named in `split` (they stand in the outermost object or one
 * level below) and of an outermost array, then what is left of each document, so that several documents may follow each other.
 * A piece that is no JSON, too large or too deep is told with its place and the next one is read; an element counts only when a
 * comma or the end of its array follows. Brackets that do not fit end the reading.
 */
export const readJson = async function* (
  body: AsyncIterable<Uint8Array>,
  options: JsonStreamOptions,
): AsyncGenerator<Found> {
  const decoder = new TextDecoder();
  const splitter = createSplitter(options);
  for await (const chunk of body) {
    for (const found of splitter.feed(decoder.decode(chunk, { stream: true }))) {
      yield found;
      if ('fault' in found && found.fault.final) return;
    }
  }
  yield* splitter.end();
};

const createSplitter = ({ split, largest = 4 * 1024 * 1024 }: JsonStreamOptions) => {
  const overLimit = `Larger than ${largest} characters.`;
  let text = ''; // what is not yet handed over; `at` is the next character of it to look at
  let at = 0;
  let place: Place = { line: 1, column: 1 }; // of the beginning of `text`
  let quoted = false;
  let string: { start: number; end: number } | undefined; // the last one in `text`, outside of elements
  const open: string[] = [];
  let over = 0; // levels beyond the deepest
  let array: { key: string; level: number; count: number } | undefined; // the one that is being split
  let segments: Segment[] = []; // of the document, before `text`
  let problem: (Place & { reason: string }) | undefined; // why the present piece cannot be read

  const cut = (end: number): Segment => {
    const segment = { text: text.slice(0, end), place };
    place = placeAfter(place, segment.text);
    text = text.slice(end);
    at = 0;
    string = undefined;
    return segment;
  };
  const stop = (end: number, reason: string): Found => {
    cut(end);
    return { fault: { ...place, reason, final: true } };
  };
  const finish = (parts: Segment[], key?: string): Found => {
    const tooLarge = sizeOf(parts) > largest && { ...(parts[0]?.place ?? place), reason: overLimit };
    const found = parsePiece(parts, problem ?? (tooLarge || undefined), key);
    problem = undefined;
    return found;
  };
  const element = function* (end: number): Generator<Found> {
    if (array === undefined) return;
    const segment = cut(end);
    const isEmpty = array.count === 0 && text.startsWith(']') && problem === undefined && segment.text.trim() === '';
    array.count += 1;
    if (!isEmpty) yield finish([segment], array.key);
  };
  /** The key of the array that opens at `mark`, if it is to be split: '' for an outermost one. */
  const keyAt = (mark: number): string | undefined => {
    if (open.length === 1) return '';
    if (string === undefined || open.length > 3 || open.slice(0, -1).includes('[')) return undefined;
    if (!/^"\s*:\s*$/.test(text.slice(string.end, mark))) return undefined;
    const key = text.slice(string.start, string.end);
    return split.includes(key) ? key : undefined;
  };

  const opens = (mark: number, char: string): Found | undefined => {
    if (open.length === 0 && text.slice(0, mark).trim() !== '') return stop(mark, 'Something stands before the value.');
    if (open.length >= deepest) {
      over += 1;
      problem ??= { ...placeAfter(place, text.slice(0, mark)), reason: `Nested deeper than ${deepest} levels.` };
      return undefined;
    }
    open.push(char);
    const key = char === '[' && array === undefined ? keyAt(mark) : undefined;
    if (key === undefined) return undefined;
    array = { key, level: open.length, count: 0 };
    segments.push(cut(mark + 1));
    return undefined;
  };
  const shuts = function* (mark: number, char: string): Generator<Found> {
    if (over > 0) {
      over -= 1;
      return;
    }
    const opened = open.pop() ?? '';
    if (closes[opened] !== char) {
      yield stop(mark, `A bracket ${char} closes nothing that is open.`);
      return;
    }
    if (array !== undefined && open.length < array.level) {
      yield* element(mark);
      array = undefined;
      at = 1;
    }
    if (open.length > 0) return;
    const whole = [...segments, cut(at)];
    segments = [];
    if (opened === '{') yield finish(whole);
  };

  const feed = function* (chunk: string): Generator<Found> {
    text += chunk;
    while (at < text.length) {
      const mark = nextMark(text, at, quoted);
      const char = text[mark];
      if (char === '\\' && mark + 1 === text.length) {
        at = mark;
        break;
      }
      at = mark + (char === '\\' ? 2 : 1);
      if (char === undefined) at = mark;
      else if (char === '"') {
        if (array === undefined) string = { start: quoted ? (string?.start ?? at) : at, end: mark };
        quoted = !quoted;
      } else if (char === '{' || char === '[') {
        const found = opens(mark, char);
        if (found !== undefined) yield found;
      } else if (char === '}' || char === ']') {
        const inside = array !== undefined && over === 0 && open.length > array.level;
        if (inside && closes[open.at(-1) ?? ''] === char) open.pop();
        else yield* shuts(mark, char);
      } else if (char === ',' && open.length === 0) yield stop(mark, 'A comma stands between two values.');
      else if (char === ',' && over === 0 && array?.level === open.length) {
        yield* element(mark);
        cut(1);
      }
    }
    const before = array === undefined ? segments : [];
    if (sizeOf(before) + text.length <= largest) return;
    problem ??= { ...(before[0]?.place ?? place), reason: overLimit };
    if (array === undefined) segments = [];
    cut(at);
  };

  const end = function* (): Generator<Found> {
    if (open.length === 0 && !quoted && text.trim() === '') return;
    if (open.length === 0) yield stop(text.search(/\S/), 'No object and no list begins here.');
    else yield stop(text.length, 'The file ends in the middle of a value: it was cut off. Write or upload it again.');
  };
  return { feed, end };
};
