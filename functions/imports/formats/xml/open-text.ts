import { pipeline, Readable } from 'node:stream';
import { createInflate } from 'node:zlib';
import { decode } from '../csv/decode.ts';
import type { Notice } from '../csv/notice.ts';
import { UnreadableFile } from '../format.ts';
import { peek } from '../peek.ts';

/** Room for the byte order mark and the XML declaration. */
const declarationSize = 256;

/**
 * An XML file as text: unpacked when it has a zlib header (OCS deflates what it sends), and read in the encoding that its bytes
 * are in: UTF-8 and UTF-16 are recognised, what is neither is read as windows-1252, and only a declared encoding beyond these is
 * believed, because tools declare wrongly or not at all. `largest`: bytes, unpacked.
 * Throws `UnreadableFile`: `file-too-large`, `zlib-broken`.
 */
export const openText = async (
  body: AsyncIterable<Uint8Array>,
  largest: number,
): Promise<{ texts: AsyncIterable<string>; notices: Notice[] }> => {
  const packed = await peek(body, 2);
  const plain = await peek(limit(isZlib(packed.start) ? inflate(packed.all) : packed.all, largest), declarationSize);
  const declared = declaredEncoding(plain.start);
  if (declared !== undefined && !recognised.test(declared)) {
    return { texts: decodeAs(plain.all, declared), notices: [] };
  }
  const { bytes, notices } = decode(plain.all);
  return { texts: decodeAs(bytes, 'utf-8'), notices: declared === 'windows-1252' ? [] : notices };
};

const recognised = /^(?:utf-8|utf-16|windows-1252)/;

const declaredEncoding = (start: Uint8Array): string | undefined => {
  const [, label] =
    /^\s*<\?xml\s[^>]*?encoding\s*=\s*["']([\w.:-]{1,40})["']/.exec(Buffer.from(start).toString('latin1')) ?? [];
  try {
    return label === undefined ? undefined : new TextDecoder(label).encoding;
  } catch {
    return undefined;
  }
};

const isZlib = ([first, second = 0]: Uint8Array): boolean => first === 0x78 && [0x01, 0x9c, 0xda].includes(second);

async function* decodeAs(bytes: AsyncIterable<Uint8Array>, encoding: string): AsyncIterable<string> {
  const decoder = new TextDecoder(encoding);
  for await (const part of bytes) yield decoder.decode(part, { stream: true });
  yield decoder.decode();
}

async function* limit(body: AsyncIterable<Uint8Array>, largest: number): AsyncIterable<Uint8Array> {
  let size = 0;
  for await (const part of body) {
    size += part.length;
    if (size > largest) {
      const detail = `This kind of XML may have ${largest} bytes when it is unpacked; this file has more. Send fewer devices per file.`;
      throw new UnreadableFile({ code: 'file-too-large', detail });
    }
    yield part;
  }
}

/** Unpacks no more than is asked for, so that a bomb ends where the reader stops. */
async function* inflate(body: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  const unpacked = createInflate();
  pipeline(Readable.from(body), unpacked, () => {});
  try {
    yield* unpacked as AsyncIterable<Uint8Array>;
  } catch (error) {
    if (!isZlibError(error)) throw error;
    const detail = 'The zlib data is cut off or damaged. Upload the file again, or upload the XML itself.';
    throw new UnreadableFile({ code: 'zlib-broken', detail });
  }
}

/** Told by its code: the body's own errors (a lost connection) are handed on, not called damage. */
const isZlibError = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && String(error.code).startsWith('Z_');
