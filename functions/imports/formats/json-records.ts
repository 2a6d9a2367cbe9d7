import type { DiscoveryRecord, ParsedRecord, RecordFault } from '../../../domain/discovery/record.ts';
import { UnreadableFile } from './format.ts';
import type { Found, Place } from './json-piece.ts';
import { type JsonStreamOptions, readJson } from './json-stream.ts';

/** A record or a fault before it is numbered. `syntax`: the JSON is broken. */
export type Draft =
  | { record: Omit<DiscoveryRecord, 'recordIndex'> }
  | { fault: Omit<RecordFault, 'recordIndex'>; syntax?: true };

/** What a format makes of a piece of JSON; `key` as in `Found`. `finish` gives what was collected until the end of the file. */
export type JsonMapper = {
  map: (value: unknown, key: string | undefined, place: Place) => Iterable<Draft>;
  finish?: () => Iterable<Draft>;
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
): AsyncGenerator<ParsedRecord> => numberDrafts(drafts(body, options, mapper), 'json-syntax');

/** Numbers drafts in file order. Throws `UnreadableFile` when no record is among them: `syntaxCode`, if the first fault is one of syntax. */
export const numberDrafts = async function* (
  drafts: AsyncIterable<Draft>,
  syntaxCode: string,
): AsyncGenerator<ParsedRecord> {
  let waiting: Draft[] = [];
  let usable = false;
  let recordIndex = 0;
  for await (const draft of drafts) {
    waiting.push(draft);
    usable ||= 'record' in draft || waiting.length > mostWaiting;
    if (!usable) continue;
    for (const one of waiting) yield number(one, recordIndex++);
    waiting = [];
  }
  const [first] = waiting;
  if (first !== undefined && 'fault' in first) {
    throw unreadable(first.fault, first.syntax === true ? syntaxCode : 'no-usable-record');
  }
};

const drafts = async function* (
  body: AsyncIterable<Uint8Array>,
  options: JsonStreamOptions,
  { map, finish }: JsonMapper,
): AsyncGenerator<Draft> {
  for await (const found of readJson(body, options)) {
    if ('value' in found) yield* map(found.value, found.key, found.place);
    else yield syntaxFault(found.fault);
  }
  if (finish !== undefined) yield* finish();
};

const syntaxFault = ({ line, column, reason }: Extract<Found, { fault: unknown }>['fault']): Draft => ({
  ...faultAt({ line, column }, reason),
  syntax: true,
});

const number = (draft: Draft, recordIndex: number): ParsedRecord =>
  'record' in draft ? { record: { ...draft.record, recordIndex } } : { fault: { ...draft.fault, recordIndex } };

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
