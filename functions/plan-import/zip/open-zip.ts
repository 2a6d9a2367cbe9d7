import { type Entry, fromFdPromise, type ZipFile } from 'yauzl';
import { UnreadableFile } from '../../imports/formats/format.ts';
import { entryName, isLitter } from './entry-name.ts';
import type { ZipLimits } from './limits.ts';
import { isDamage, readEntry } from './read-entry.ts';
import { closeFile, spool } from './spool.ts';

/** One file in a zip, in the order of its directory. `refusal`: why it is not unpacked. */
export type ZipEntry = { name: string; refusal?: string; open: () => AsyncIterable<Uint8Array> };

export type OpenZip = { entries: readonly ZipEntry[]; close: () => Promise<void> };

/**
 * A zip with its directory read and nothing unpacked. Bytes of entries are counted as they are unpacked, and never exceed what the
 * directory says. Throws `UnreadableFile`: `zip-too-large`, `zip-too-many-entries`, `zip-bomb`, `zip-broken`, `spreadsheet`.
 */
export const openZip = async (body: AsyncIterable<Uint8Array>, limits: ZipLimits): Promise<OpenZip> => {
  const file = await spool(body, limits.packed);
  let zip: ZipFile | undefined;
  const close = async () => {
    if (zip === undefined) await closeFile(file);
    else zip.close();
  };
  try {
    zip = await fromFdPromise(file, { decodeStrings: false, autoClose: false });
    const entries = await listEntries(zip, limits);
    return { entries, close };
  } catch (error) {
    await close();
    throw isDamage(error) ? broken(error) : error;
  }
};

const listEntries = async (zip: ZipFile, limits: ZipLimits): Promise<ZipEntry[]> => {
  if (zip.entryCount > limits.entries) throw tooMany(zip.entryCount, limits);
  const entries: ZipEntry[] = [];
  let plain = 0;
  for await (const entry of zip.eachEntry()) {
    const name = entryName(entry);
    if (name === '[Content_Types].xml' || entry.fileNameRaw.toString('latin1') === 'mimetype') throw spreadsheet;
    if (entry.fileNameRaw.at(-1) === slash || isLitter(name)) continue;
    const refusal = refusalOf(entry, limits);
    if (refusal === undefined) plain += entry.uncompressedSize;
    entries.push({ name, ...(refusal === undefined ? {} : { refusal }), open: () => readEntry(zip, entry) });
  }
  const isBomb = plain > limits.plain || (plain > limits.freeOfRatio && plain > zip.fileSize * limits.ratio);
  if (isBomb) throw bomb(plain, zip.fileSize, limits);
  if (entries.length === 0) throw new UnreadableFile({ code: 'no-records', detail: 'The zip holds no files.' });
  return entries;
};

const slash = 0x2f;

/** Told before anything of it is unpacked; it leaves the other entries alone. */
const refusalOf = (entry: Entry, { ratio, freeOfRatio }: ZipLimits): string | undefined => {
  if (entry.isEncrypted()) return 'It is encrypted. Pack it without a password.';
  if (!entry.canDecodeFileData()) {
    return `It is packed by method ${entry.compressionMethod}, which is not read. Pack it by "deflate", as zip does by itself.`;
  }
  const { uncompressedSize: plain, compressedSize: packed } = entry;
  if (plain <= freeOfRatio || plain <= packed * ratio) return undefined;
  return `It unpacks from ${packed} to ${plain} bytes, more than ${ratio} times its size: it is taken for a bomb.`;
};

const tooMany = (count: number, { entries }: ZipLimits): UnreadableFile =>
  new UnreadableFile({
    code: 'zip-too-many-entries',
    detail: `The zip has ${count} entries; ${entries} are read. Upload several.`,
  });

const bomb = (plain: number, packed: number, limits: ZipLimits): UnreadableFile =>
  new UnreadableFile({
    code: 'zip-bomb',
    detail: `The zip unpacks from ${packed} to ${plain} bytes; ${limits.plain} bytes and ${limits.ratio} times its size are the most. Upload several.`,
  });

const spreadsheet = new UnreadableFile({
  code: 'spreadsheet',
  detail: 'This is an office document (xlsx, ods), not a zip of exports. Save the sheet as CSV and upload that.',
});

const broken = (error: unknown): UnreadableFile => {
  const why = String((error as { message?: unknown }).message).slice(0, 200);
  const detail = `The zip is cut off or damaged (${why}). Pack or upload it again.`;
  return new UnreadableFile({ code: 'zip-broken', detail });
};
