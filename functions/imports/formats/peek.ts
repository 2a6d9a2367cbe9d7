/** The beginning of a stream, and the whole of it, to be read once. `close` lets go of what was not read. */
type Peeked = { start: Buffer; all: AsyncIterable<Uint8Array>; close: () => Promise<void> };

/** Reads until `size` bytes are there, and gives back those and the whole stream. */
export const peek = async (body: AsyncIterable<Uint8Array>, size: number): Promise<Peeked> => {
  const iterator = body[Symbol.asyncIterator]();
  const read: Uint8Array[] = [];
  let length = 0;
  while (length < size) {
    const { done, value } = await iterator.next();
    if (done === true) break;
    read.push(value);
    length += value.length;
  }
  const start = Buffer.concat(read);
  const all = async function* () {
    if (start.length > 0) yield start as Uint8Array;
    for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) yield next.value;
  };
  const close = async () => {
    await iterator.return?.();
  };
  return { start, all: all(), close };
};
