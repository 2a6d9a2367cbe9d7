import { idLength, unpackIdInto } from './packed-id.ts';

/*
 * The outcome of a record that was recognised without being read, as a line of JSON, written byte by byte from what the index holds: a file
 * may hold millions, and a text of each would be made only to be thrown away.
 */
const [record, line, outcome] = ['{"recordIndex":', ',"line":', ',"outcome":"unchanged"'].map((text) =>
  Buffer.from(text),
) as [Buffer, Buffer, Buffer];
const [ci, asset] = [',"ciId":"ci_', ',"assetId":"ast_'].map((text) => Buffer.from(text)) as [Buffer, Buffer];
const key = Buffer.from(',"matchedBy":{"rule":"native-key","identifiers":[{"type":"nativeKey","value":');
const end = Buffer.from('}]},"warnings":[],"errors":[]}\n');
const [quote, backslash] = [34, 92];

/** Where an entry lies: the length of its key, both ids, the key. */
export type Place = { block: Buffer; at: number };

export const headLength = 2 + 2 * idLength;

const fixedLength = [record, line, outcome, ci, asset, key, end].reduce((sum, { length }) => sum + length, 0);
const digits = 16;
const mostEscaped = 6;

/** What the line of an entry takes at most. */
export const mostOfLine = ({ block, at }: Place): number =>
  fixedLength + 2 * digits + 2 * 27 + 2 + mostEscaped * block.readUInt16LE(at);

const put = (bytes: Buffer, into: Buffer, at: number): number => {
  into.set(bytes, at);
  return at + bytes.length;
};

/** Decimal digits of a whole number that is not negative. */
const putNumber = (value: number, into: Buffer, at: number): number => {
  let length = 1;
  for (let rest = value; rest >= 10; rest = Math.floor(rest / 10)) length += 1;
  let rest = value;
  for (let n = at + length - 1; n >= at; n -= 1) {
    into[n] = 48 + (rest % 10);
    rest = Math.floor(rest / 10);
  }
  return at + length;
};

const putId = (name: Buffer, from: Place, offset: number, into: Buffer, at: number): number => {
  if (from.block[from.at + offset] === 0) return at;
  const next = unpackIdInto(from.block, from.at + offset, into, put(name, into, at));
  into[next] = quote;
  return next + 1;
};

const putKey = ({ block, at: from }: Place, into: Buffer, at: number): number => {
  const start = from + headLength;
  const stop = start + block.readUInt16LE(from);
  into[at] = quote;
  let next = at + 1;
  for (let n = start; n < stop; n += 1) {
    const byte = block[n] as number;
    if (byte < 32 || byte === quote || byte === backslash)
      return at + into.write(JSON.stringify(block.toString('utf8', start, stop)), at);
    into[next] = byte;
    next += 1;
  }
  into[next] = quote;
  return next + 1;
};

/** Writes the line of the record with this index, that stands on line `lineOf` of its file, into `into` at `at`; gives where it ends. */
export const putKnownLine = (from: Place, recordIndex: number, lineOf: number, into: Buffer, at: number): number => {
  let next = putNumber(recordIndex, into, put(record, into, at));
  next = putNumber(lineOf, into, put(line, into, next));
  next = put(outcome, into, next);
  next = putId(ci, from, 2, into, next);
  next = putId(asset, from, 2 + idLength, into, next);
  next = putKey(from, into, put(key, into, next));
  return put(end, into, next);
};
