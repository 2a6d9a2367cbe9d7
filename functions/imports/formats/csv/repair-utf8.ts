import { isUtf8 } from 'node:buffer';
import type { Notice } from './notice.ts';

const windows1252 = new TextDecoder('windows-1252');
const fromWindows1252 = Array.from({ length: 256 }, (_, byte) =>
  Buffer.from(windows1252.decode(Uint8Array.of(byte)), 'utf8'),
);

const lengthByLead = (lead: number): number => (lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc2 ? 2 : 1);

/** How many bytes at the end begin a character that the next chunk may complete (0 to 3). */
export const incompleteTail = (bytes: Buffer): number => {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return lengthByLead(byte) > back ? back : 0;
  }
  return 0;
};

/**
 * Reads every byte that is not part of a UTF-8 character as windows-1252 and drops NULs; whole UTF-8 characters stay as they are,
 * so that one bad byte does not spoil the rest of the file. `written` is how many bytes were put out before these.
 */
export const repairUtf8 = (bytes: Buffer, written: number, notices: Notice[]): Buffer => {
  const out = Buffer.alloc(bytes.length * 3);
  let length = 0;
  for (let i = 0; i < bytes.length; ) {
    const byte = bytes[i] ?? 0;
    const size = byte < 0x80 ? 1 : lengthByLead(byte);
    if (byte === 0) {
      note(notices, 'nul-bytes', 'The file contains NUL bytes; they were left out', written + length);
    } else if (byte < 0x80 || (size > 1 && i + size <= bytes.length && isUtf8(bytes.subarray(i, i + size)))) {
      length += bytes.copy(out, length, i, i + size);
      i += size - 1;
    } else {
      const detail = 'The file is not valid UTF-8; the bytes that are not were read as windows-1252';
      note(notices, 'not-utf8', detail, written + length);
      length += fromWindows1252[byte]?.copy(out, length) ?? 0;
    }
    i += 1;
  }
  return out.subarray(0, length);
};

const note = (notices: Notice[], code: string, detail: string, offset: number): void => {
  if (!notices.some((notice) => notice.code === code)) notices.push({ code, detail, offset });
};
