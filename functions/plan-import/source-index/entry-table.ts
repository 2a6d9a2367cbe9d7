import { keyHash } from '../../store/shard.ts';
import { headLength, type Place } from './known-line.ts';
import type { LeanEntry } from './packed-entry.ts';
import { idLength, packId, unpackId } from './packed-id.ts';
import { type PieceName, readPieceText } from './piece-names.ts';

const blockRows = 8192;
const blockBytes = 256 * 1024;
/** Words of a row: four of the piece, one of which and of how many records it is, three of the print, one of where the texts lie. */
const width = 9;
const [partWord, printWord, textWord] = [4, 5, 8];
const plainBit = 0x8000_0000;
const slotsPerRow = 1.3;
const mostParts = 1023;

/** An entry as it is looked up. */
export type Known = { nativeKey: string; ciId?: string; assetId?: string };

/**
 * All entries of one source in 36 bytes each, 6 or 12 for looking them up, and 36 with their native key: no object per entry, so that a
 * million of them are about 120 MB, and nothing for the collector to do. Filled first, then asked.
 */
export const entryTable = () => {
  const rows: Int32Array[] = [];
  const texts: Buffer[] = [];
  let size = 0;
  let used = blockBytes;
  let byPiece: Uint32Array | undefined;
  let byKey: Uint32Array | undefined;

  const wordAt = (row: number, word: number): number =>
    (rows[Math.floor(row / blockRows)] as Int32Array)[(row % blockRows) * width + word] as number;

  const keep = (ci: string | undefined, asset: string | undefined, nativeKey: string): number => {
    const most = nativeKey.length * 3 + headLength;
    if (used + most > blockBytes) {
      texts.push(Buffer.allocUnsafeSlow(blockBytes));
      used = 0;
    }
    const block = texts.at(-1) as Buffer;
    const at = used;
    const length = writeText(nativeKey, block, at + headLength);
    block.writeUInt16LE(length, at);
    packId(ci, block, at + 2);
    packId(asset, block, at + 2 + idLength);
    used += length + headLength;
    return (texts.length - 1) * blockBytes + at;
  };
  const placeOf = (row: number): Place => {
    const place = wordAt(row, textWord) >>> 0;
    return { block: texts[Math.floor(place / blockBytes)] as Buffer, at: place % blockBytes };
  };
  const keyAt = (row: number): string => {
    const { block, at } = placeOf(row);
    const start = at + headLength;
    return block.toString('utf8', start, start + block.readUInt16LE(at));
  };
  const knownAt = (row: number): Known => {
    const { block, at } = placeOf(row);
    const ci = unpackId(block, at + 2);
    const asset = unpackId(block, at + 2 + idLength);
    return {
      nativeKey: keyAt(row),
      ...(ci === undefined ? {} : { ciId: `ci_${ci}` }),
      ...(asset === undefined ? {} : { assetId: `ast_${asset}` }),
    };
  };

  const add = ({ nativeKey, ci, asset, piece, print, isPlain }: LeanEntry): void => {
    const at = (size % blockRows) * width;
    if (at === 0) rows.push(new Int32Array(blockRows * width));
    const block = rows.at(-1) as Int32Array;
    block[at + textWord] = keep(ci, asset, nativeKey);
    writePrint(print, block, at + printWord);
    block[at + partWord] = isPlain ? plainBit : 0;
    if (piece !== undefined && isPlain) {
      const [name = '', which, count] = piece.split('.');
      if (Number(count) <= mostParts && name.length === 22) {
        readPieceText(name, block, at);
        block[at + partWord] = plainBit | (Number(which) << 12) | Number(count);
      }
    }
    size += 1;
  };

  const place = (slots: Uint32Array, hash: number, row: number): void => {
    let slot = (hash >>> 0) % slots.length;
    while (slots[slot] !== 0) slot = slot + 1 === slots.length ? 0 : slot + 1;
    slots[slot] = row + 1;
  };
  const slotsFor = (hashOf: (row: number) => number | undefined): Uint32Array => {
    const slots = new Uint32Array(Math.ceil(size * slotsPerRow) + 1);
    for (let row = 0; row < size; row += 1) {
      const hash = hashOf(row);
      if (hash !== undefined) place(slots, hash, row);
    }
    return slots;
  };
  const find = function* (slots: Uint32Array, hash: number): Generator<number> {
    for (let slot = (hash >>> 0) % slots.length; slots[slot] !== 0; slot = (slot + 1) % slots.length)
      yield (slots[slot] as number) - 1;
  };

  return {
    add,
    size: () => size,
    knownAt,
    placeOf,
    /** The rows that an element of a file stands for, in the order of its records; undefined unless all of them are as it says. */
    ofPiece: (name: PieceName): number[] | undefined => {
      byPiece ??= slotsFor((row) => ((wordAt(row, partWord) & 1023) > 0 ? wordAt(row, 0) : undefined));
      let rest = 0;
      let found: number[] = [];
      for (let slot = (name[0] >>> 0) % byPiece.length; byPiece[slot] !== 0; slot = (slot + 1) % byPiece.length) {
        const row = (byPiece[slot] as number) - 1;
        if (wordAt(row, 0) !== name[0] || wordAt(row, 1) !== name[1]) continue;
        if (wordAt(row, 2) !== name[2] || wordAt(row, 3) !== name[3]) continue;
        const part = wordAt(row, partWord);
        const count = part & mostParts;
        if (count === 1) return [row];
        if (found.length === 0) found = new Array<number>(count);
        const which = (part >>> 12) & mostParts;
        if (found[which] === undefined) rest += 1;
        found[which] = row;
        if (rest === count) return found;
      }
      return undefined;
    },
    /** What stands under a native key. `same`: with this print, and with nothing else to be minded. */
    ofKey: (nativeKey: string, print: string): { known: Known; same: boolean } | undefined => {
      byKey ??= slotsFor((row) => keyHash(keyAt(row)));
      for (const row of find(byKey, keyHash(nativeKey))) {
        if (keyAt(row) !== nativeKey) continue;
        const known = knownAt(row);
        const words = new Int32Array(3);
        writePrint(print, words, 0);
        const isEqual = words.every((word, n) => word === wordAt(row, printWord + n));
        return { known, same: isEqual && (wordAt(row, partWord) & plainBit) !== 0 };
      }
      return undefined;
    },
  };
};
export type EntryTable = ReturnType<typeof entryTable>;

/** Writes a text in UTF-8 and gives its length in bytes: for the short ones of ASCII that keys are, quicker than a call of the buffer's own. */
const writeText = (text: string, into: Buffer, at: number): number => {
  const { length } = text;
  for (let n = 0; n < length; n += 1) {
    const code = text.charCodeAt(n);
    if (code > 127) return into.write(text, at);
    into[at + n] = code;
  }
  return length;
};

/** 16 characters of base 32 are 80 bits. */
const writePrint = (print: string, into: Int32Array, at: number): void => {
  for (let word = 0; word < 3; word += 1) {
    let held = 0;
    for (let n = word * 6; n < Math.min(16, word * 6 + 6); n += 1) {
      const code = print.charCodeAt(n);
      held = (held << 5) | (code >= 97 ? code - 97 : code - 24);
    }
    into[at + word] = held;
  }
};
