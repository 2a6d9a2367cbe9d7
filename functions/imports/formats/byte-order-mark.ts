/** Without the byte order mark that may begin a file. */
export const withoutMark = async function* (body: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let start: Buffer | undefined = Buffer.alloc(0);
  for await (const part of body) {
    const chunk = Buffer.from(part.buffer, part.byteOffset, part.length);
    if (start === undefined) {
      yield chunk;
      continue;
    }
    start = Buffer.concat([start, chunk]);
    if (start.length < 3) continue;
    yield start.toString('hex', 0, 3) === 'efbbbf' ? start.subarray(3) : start;
    start = undefined;
  }
  if (start !== undefined && start.length > 0) yield start;
};
