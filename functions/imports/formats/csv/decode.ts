import { isUtf8 } from 'node:buffer';
import type { Notice } from './notice.ts';
import { incompleteTail, repairUtf8 } from './repair-utf8.ts';

export type Decoded = { bytes: AsyncIterable<Buffer>; notices: Notice[] };

/**
 * Turns an upload into clean UTF-8: byte-order marks are read and removed, UTF-16 (either order, known by its mark) is converted,
 * bytes that are no UTF-8 are read as windows-1252 (what Excel writes) and NULs are dropped; the last two are noted.
 * The result does not depend on how the input was cut into chunks.
 */
export const decode = (body: AsyncIterable<Uint8Array>): Decoded => {
  const notices: Notice[] = [];
  return { bytes: decodeBytes(body, notices), notices };
};

async function* decodeBytes(body: AsyncIterable<Uint8Array>, notices: Notice[]): AsyncIterable<Buffer> {
  let convert: Converter | undefined;
  let held: Buffer = Buffer.alloc(0);
  let written = 0;
  for await (const chunk of body) {
    held = Buffer.concat([held, chunk]);
    if (held.length < 3) continue;
    convert ??= converterFor(held, notices);
    const out = convert(held, written, false);
    held = Buffer.alloc(0);
    written += out.length;
    if (out.length > 0) yield out;
  }
  convert ??= converterFor(held, notices);
  const last = convert(held, written, true);
  if (last.length > 0) yield last;
}

type Converter = (bytes: Buffer, written: number, end: boolean) => Buffer;

const converterFor = (start: Buffer, notices: Notice[]): Converter => {
  if (start[0] === 0xff && start[1] === 0xfe) return utf16Converter('utf-16le', notices);
  if (start[0] === 0xfe && start[1] === 0xff) return utf16Converter('utf-16be', notices);
  return utf8Converter(start[0] === 0xef && start[1] === 0xbb && start[2] === 0xbf ? 3 : 0, notices);
};

const utf16Converter = (encoding: string, notices: Notice[]): Converter => {
  const decoder = new TextDecoder(encoding);
  return (bytes, written, end) => {
    const out = Buffer.from(decoder.decode(bytes, { stream: !end }), 'utf8');
    return out.includes(0) ? repairUtf8(out, written, notices) : out;
  };
};

const utf8Converter = (markLength: number, notices: Notice[]): Converter => {
  let skip = markLength;
  let tail: Buffer = Buffer.alloc(0);
  return (bytes, written, end) => {
    const joined = Buffer.concat([tail, bytes.subarray(skip)]);
    skip = 0;
    const cut = end ? joined.length : joined.length - incompleteTail(joined);
    tail = joined.subarray(cut);
    const whole = joined.subarray(0, cut);
    return isUtf8(whole) && !whole.includes(0) ? whole : repairUtf8(whole, written, notices);
  };
};
