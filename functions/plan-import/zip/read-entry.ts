import { crc32 } from 'node:zlib';
import type { Entry, ZipFile } from 'yauzl';
import { UnreadableFile } from '../../imports/formats/format.ts';

/**
 * The bytes of one entry, unpacked as they are read: no more than the directory promises, and in the end those whose sum it names.
 * Throws `UnreadableFile` (`zip-broken`) where they are not.
 */
export const readEntry = async function* (zip: ZipFile, entry: Entry): AsyncIterable<Uint8Array> {
  let sum = 0;
  try {
    for await (const part of await zip.openReadStreamPromise(entry)) {
      sum = crc32(part, sum);
      yield part;
    }
  } catch (error) {
    throw isDamage(error) ? damaged() : error;
  }
  if (sum !== entry.crc32) throw damaged();
};

/** What yauzl and zlib say of the content. A fault of the system (a full disk) says nothing of the file and is tried again. */
export const isDamage = (error: unknown): boolean => {
  if (error instanceof UnreadableFile || typeof error !== 'object' || error === null) return false;
  const { code } = error as { code?: unknown };
  return code === undefined || String(code).startsWith('Z_');
};

const damaged = (): UnreadableFile =>
  new UnreadableFile({ code: 'zip-broken', detail: 'It is cut off or damaged. Pack or upload it again.' });
