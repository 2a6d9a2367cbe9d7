import type { DiscoveryRecord, ParsedRecord, RecordFault } from '../../../domain/discovery/record.ts';
import { UnreadableFile } from './format.ts';
import type { Found, Place } from './json-piece.ts';
import { type JsonStreamOptions, readJson } from './json-stream.ts';
import type { KnownPieces } from './known-pieces.ts';

/** A record or a fault before it is numbered. `syntax`: the JSON is broken. */
export type Draft =
  | { record: Omit<DiscoveryRecord, 'recordIndex'>; piece?: string }
  | { fault: Omit<RecordFault, 'recordIndex'>; syntax?: true };

/**
 * What a format makes of a piece of JSON; `key` as in `Found`. `finish` gives what was collected until the end of the file. `standsAlone`:
 * the records of an element depend on nothing but its bytes and its key, and nothing else depends on it.
 */
export type JsonMapper = {
  map: (value: unknown, key: string | undefined, place: Place) => Iterable<Draft>;
  finish?: () => Iterable<Draft>;
  standsAlone?: (value: unknown) => boolean;
};

/** A fault of one reason at one place. */
export const faultAt = (
  place: Place,
  reason: string,
  more: { pointer?: string; value?: string } = {},
): Extract<Draft, { fault: unknown }> => ({
  fault: { line: place.line, errors: [{ ...place, ...more, reason }] },
});

const mostWaiting = 100;

/**
 * Reads a file of JSON as a stream of numbered records and faults, in file order. Faults before the first record wait for it: throws
 * `UnreadableFile` with `json-syntax` (or `no-usable-record`, when the JSON itself is sound) when none comes.
 */
export const readJsonRecords = (
  body: AsyncIterable<Uint8Array>,
  options: JsonStreamOptions,
  mapper: JsonMapper,
  pieces?: KnownPieces,
): AsyncGenerator<ParsedRecord> => {
  const numbers: Numbers = { next: 0, known: pieces?.isContinued === true ? 1 : 0 };
  const isKnown = (bytes: Buffer, key: string, { line }: Place): boolean => {
    const count = pieces?.recognise(bytes, key, line, numbers.next) ?? 0;
    numbers.next += count;
    numbers.known += count;
    return count > 0;
  };
  const known = pieces === undefined || mapper.standsAlone === undefined ? {} : { isKnown };
  return numberDrafts(drafts(body, { ...options, ...known }, mapper, pieces), 'json-syntax', numbers);
};

/** The index of the next record, and how many were recognised without being read (or are known to have been of use). */
type Numbers = { next: number; known: number };

/** Numbers drafts in file order. Throws `UnreadableFile` when no record is among them: `syntaxCode`, if the first fault is one of syntax. */
export const numberDrafts = async function* (
  drafts: AsyncIterable<Draft>,
  syntaxCode: string,
  numbers: Numbers = { next: 0, known: 0 },
): AsyncGenerator<ParsedRecord> {
  let waiting: { draft: Draft; index: number }[] = [];
  let usable = false;
  for await (const draft of drafts) {
    waiting.push({ draft, index: numbers.next++ });
    usable ||= 'record' in draft || waiting.length > mostWaiting || numbers.known > 0;
    if (!usable) continue;
    for (const { draft: one, index } of waiting) yield number(one, index);
    waiting = [];
  }
  const [first] = waiting;
  if (first === undefined) return;
  if (numbers.known > 0) for (const { draft: one, index } of waiting) yield number(one, index);
  else if ('fault' in first.draft)
    throw unreadable(first.draft.fault, first.draft.syntax === true ? syntaxCode : 'no-usable-record');
};

const drafts = async function* (
  body: AsyncIterable<Uint8Array>,
  options: JsonStreamOptions,
  { map, finish, standsAlone }: JsonMapper,
  pieces: KnownPieces | undefined,
): AsyncGenerator<Draft> {
  for await (const found of readJson(body, options, pieces)) {
    if (!('value' in found)) yield syntaxFault(found.fault);
    else {
      const { bytes, key, place, value } = found;
      const mapped = map(value, key, place);
      if (pieces === undefined || bytes === undefined || standsAlone?.(value) !== true) yield* mapped;
      else yield* named([...mapped], pieces.nameOf(bytes, key ?? ''));
    }
  }
  if (finish !== undefined) yield* finish();
};

/** Of what is told of again each time, a fault or a warning, the element has to be read each time. */
const named = (mapped: readonly Draft[], name: string): readonly Draft[] =>
  mapped.every((draft) => 'record' in draft && draft.record.warnings.length === 0)
    ? mapped.map((draft, at) => ({ ...draft, piece: `${name}.${at}.${mapped.length}` }))
    : mapped;

const syntaxFault = ({ line, column, reason }: Extract<Found, { fault: unknown }>['fault']): Draft => ({
  ...faultAt({ line, column }, reason),
  syntax: true,
});

const number = (draft: Draft, recordIndex: number): ParsedRecord => {
  if ('fault' in draft) return { fault: { ...draft.fault, recordIndex } };
  const { record, piece } = draft;
  return { record: { ...record, recordIndex }, ...(piece === undefined ? {} : { piece }) };
};

const unreadable = ({ errors: [error] }: Omit<RecordFault, 'recordIndex'>, code: string): UnreadableFile => {
  const { line, column, reason = 'Nothing of the file can be used.' } = error ?? {};
  const where = line === undefined ? '' : `Line ${line}, column ${column ?? 1}: `;
  return new UnreadableFile({
    code,
    detail: `${where}${reason}`,
    ...(line === undefined ? {} : { line }),
    ...(column === undefined ? {} : { column }),
  });
};
