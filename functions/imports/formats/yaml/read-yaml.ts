import { load, YAMLException } from 'js-yaml';
import type { Found, Place } from '../json-piece.ts';

/** `largest`: characters of one document. */
export type YamlOptions = { largest?: number };

/** An alias stands for as much as its anchor: without a bound, nine lines of nine aliases stand for a billion values. */
const mostAliases = 100;
const deepest = 64;
const starts = /^---(?=\s|$)/;
const ends = /^\.\.\.\s*$/;
/** Neither blank lines, comments nor directives make a document. */
const saysNothing = /^(?:---)?\s*(?:#.*)?$|^%/;

/**
 * Reads YAML of any number of documents, one at a time, so that a broken one leaves the others alone. A line `---` parts documents
 * whatever stands around it, as the grammar has it. Merge keys (`<<`) are plain keys. Faults name line and column.
 */
export const readYaml = async function* (
  body: AsyncIterable<Uint8Array>,
  { largest = 4 * 1024 * 1024 }: YamlOptions = {},
): AsyncGenerator<Found> {
  let lines: string[] = [];
  let size = 0;
  let first = 1; // the line on which the document begins
  let number = 0;
  const flush = (): Found[] => {
    const found = size > largest ? [tooLarge(first, largest)] : parseDocument(lines, first);
    lines = [];
    size = 0;
    return found;
  };
  for await (const line of linesOf(body, largest)) {
    number += 1;
    const isEnd = ends.test(line);
    if (isEnd || starts.test(line)) yield* flush();
    if (isEnd) continue;
    if (size === 0) first = number;
    size += line.length + 1;
    if (size <= largest) lines.push(line);
  }
  yield* flush();
};

const tooLarge = (line: number, largest: number): Found => ({
  fault: { line, column: 1, reason: `Larger than ${largest} characters.` },
});

const parseDocument = (lines: readonly string[], first: number): Found[] => {
  const start = lines.findIndex((line) => !saysNothing.test(line));
  if (start < 0) return [];
  const place: Place = { line: first + start, column: 1 };
  try {
    return [{ value: load(lines.join('\n'), { maxAliases: mostAliases, maxDepth: deepest }), place }];
  } catch (error) {
    const { reason, mark } = error instanceof YAMLException ? error : { reason: 'it cannot be read', mark: undefined };
    const at = mark === undefined ? place : { line: first + mark.line, column: mark.column + 1 };
    return [{ fault: { ...at, reason: `This is not YAML: ${reason}.` } }];
  }
};

/** The lines of a text, without their ends. What is too long for a document is cut: it is only counted. */
const linesOf = async function* (body: AsyncIterable<Uint8Array>, largest: number): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  const take = function* (more: string): Generator<string> {
    const parts = more.split('\n');
    parts[0] = rest.length > largest ? rest : rest + (parts[0] ?? '');
    rest = parts.pop() ?? '';
    for (const part of parts) yield part.replace(/\r$/, '');
  };
  for await (const chunk of body) yield* take(decoder.decode(chunk, { stream: true }));
  yield* take(decoder.decode());
  if (rest !== '') yield rest;
};
