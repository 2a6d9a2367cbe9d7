/**
 * Text in UTF-8, whatever its byte order mark says: what PowerShell redirects to a file is UTF-16. Without such a mark bytes are handed on
 * as they are.
 */
export const toUtf8 = (start: Uint8Array, all: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> => {
  const encoding = start[0] === 0xff && start[1] === 0xfe ? 'utf-16le' : 'utf-16be';
  const isUtf16 = encoding === 'utf-16le' || (start[0] === 0xfe && start[1] === 0xff);
  return isUtf16 ? decoded(all, encoding) : all;
};

const decoded = async function* (body: AsyncIterable<Uint8Array>, encoding: string): AsyncIterable<Uint8Array> {
  const decoder = new TextDecoder(encoding);
  for await (const part of body) yield Buffer.from(decoder.decode(part, { stream: true }));
  yield Buffer.from(decoder.decode());
};
