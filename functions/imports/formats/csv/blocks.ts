/** Bytes looked at before anything is decided, and the size of the blocks that are parsed at a time. */
const blockSize = 65_536;

/** Cuts a byte stream into blocks of exactly `blockSize` (the last may be shorter), so that nothing later can depend on chunk ends. */
export async function* cutIntoBlocks(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer, undefined> {
  let held: Buffer[] = [];
  let size = 0;
  for await (const chunk of bytes) {
    let rest = chunk;
    while (size + rest.length >= blockSize) {
      yield Buffer.concat([...held, rest.subarray(0, blockSize - size)]);
      rest = rest.subarray(blockSize - size);
      held = [];
      size = 0;
    }
    held.push(rest);
    size += rest.length;
  }
  if (size > 0) yield Buffer.concat(held);
}

/** Puts a block that was taken for a look back in front of the others. */
export async function* putBack(first: Buffer, others: AsyncIterable<Buffer>): AsyncGenerator<Buffer, undefined> {
  yield first;
  yield* others;
}
