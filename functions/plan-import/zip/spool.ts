import { randomUUID } from 'node:crypto';
import { close, open, unlink, write } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { UnreadableFile } from '../../imports/formats/format.ts';

const openFile = promisify(open);
const writeFile = promisify(write);
const removeFile = promisify(unlink);
export const closeFile = promisify(close);

/**
 * Lays a stream in a file that has no name any more when this ends, so that nothing is left of it even if the function is killed. The
 * directory of a zip stands at its end: it has to be read from anywhere. Gives the descriptor; who asked for it closes it.
 * Throws `UnreadableFile` (`zip-too-large`) beyond `largest` bytes, without reading on.
 */
export const spool = async (body: AsyncIterable<Uint8Array>, largest: number): Promise<number> => {
  const path = join(tmpdir(), `upload-${randomUUID()}`);
  const file = await openFile(path, 'wx+', 0o600);
  try {
    await removeFile(path);
    let size = 0;
    for await (const part of body) {
      size += part.length;
      if (size > largest) throw tooLarge(largest);
      await writeWhole(file, part);
    }
    return file;
  } catch (error) {
    await closeFile(file);
    throw error;
  }
};

const writeWhole = async (file: number, part: Uint8Array): Promise<void> => {
  for (let at = 0; at < part.length; ) at += (await writeFile(file, part, at)).bytesWritten;
};

const tooLarge = (largest: number): UnreadableFile =>
  new UnreadableFile({
    code: 'zip-too-large',
    detail: `A zip may have ${largest} bytes; this one has more. Upload its files one by one, each packed with gzip.`,
  });
