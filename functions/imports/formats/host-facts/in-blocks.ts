const block = 1024 * 1024;

/**
 * The same bytes in blocks of at least 1 MiB. A map of hosts is one document, and what waits for its end is looked at again with every
 * chunk: with chunks of 64 kB, 50 MB take minutes.
 */
export const inBlocks = async function* (body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let waiting: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    waiting.push(chunk);
    size += chunk.length;
    if (size < block) continue;
    yield Buffer.concat(waiting, size);
    waiting = [];
    size = 0;
  }
  if (size > 0) yield Buffer.concat(waiting, size);
};
