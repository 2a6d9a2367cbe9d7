import { hash } from 'node:crypto';

/** 128 bits as four numbers. */
export type PieceName = readonly [number, number, number, number];

/** Upper and lower ends of what surrounds an element in a list. */
const isSpace = (byte: number | undefined): boolean => byte !== undefined && byte <= 32;

const wordsOf = (content: string | Uint8Array): PieceName => {
  const text = hash('sha256', content, 'binary');
  const word = (at: number) =>
    (text.charCodeAt(at) << 24) |
    (text.charCodeAt(at + 1) << 16) |
    (text.charCodeAt(at + 2) << 8) |
    text.charCodeAt(at + 3);
  return [word(0), word(4), word(8), word(12)];
};

/**
 * Names elements of files by their bytes: half a SHA-256, mixed with that of everything else that decides which records are made of them,
 * so that the same bytes read by another mapper, or under another key, have another name. Blanks around an element do not count.
 */
export const pieceNames = (...reader: readonly string[]) => {
  const salts = new Map<string, PieceName>();
  const saltOf = (key: string): PieceName => {
    const salt = salts.get(key) ?? wordsOf(JSON.stringify([...reader, key]));
    salts.set(key, salt);
    return salt;
  };
  return (bytes: Buffer, key: string): PieceName => {
    let start = 0;
    let end = bytes.length;
    while (isSpace(bytes[start])) start += 1;
    while (end > start && isSpace(bytes[end - 1])) end -= 1;
    const words = wordsOf(start === 0 && end === bytes.length ? bytes : bytes.subarray(start, end));
    const salt = saltOf(key);
    return [words[0] ^ salt[0], words[1] ^ salt[1], words[2] ^ salt[2], words[3] ^ salt[3]];
  };
};

/** 22 characters. */
export const pieceText = (name: PieceName): string => {
  const bytes = Buffer.allocUnsafe(16);
  for (const [at, word] of name.entries()) bytes.writeInt32BE(word, at * 4);
  return bytes.toString('base64url');
};

const values = new Uint8Array(128);
for (const [value, char] of [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'].entries())
  values[char.charCodeAt(0)] = value;

/** Reads the characters back into `into` from `at` on. */
export const readPieceText = (text: string, into: Int32Array, at: number): void => {
  let held = 0;
  let bits = 0;
  let word = at;
  for (let n = 0; n < 22; n += 1) {
    const value = values[text.charCodeAt(n) & 127] as number;
    const room = 32 - bits;
    if (room > 6) {
      held = (held << 6) | value;
      bits += 6;
      continue;
    }
    into[word] = (held << room) | (value >> (6 - room));
    word += 1;
    bits = 6 - room;
    held = value & ((1 << bits) - 1);
  }
};
