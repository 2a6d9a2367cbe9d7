import type { ParsedRecord } from '../../domain/discovery/record.ts';
import { UnreadableFile, type UploadContext } from '../../functions/imports/formats/format.ts';
import { formats } from './formats.ts';

export const uploadOf = (objectKey: string): UploadContext => ({
  source: 'skyways-network',
  objectKey,
  storedAt: '2026-11-22T08:00:00.000Z',
});

async function* chunksOf(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

type Content = string | Uint8Array | AsyncIterable<Uint8Array>;

/** What the named format makes of a content, which comes to it in small pieces. */
export const parseWith = async (
  name: string,
  content: Content,
  objectKey = 'discovery/skyways-network/file',
): Promise<ParsedRecord[]> => {
  const format = formats.find((one) => one.name === name);
  if (format === undefined) throw new Error(`no format ${name}`);
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  const size = bytes instanceof Uint8Array && bytes.length < 100_000 ? 97 : 65_536;
  const body = bytes instanceof Uint8Array ? chunksOf(bytes, size) : bytes;
  const parsed: ParsedRecord[] = [];
  for await (const one of format.parse(body, uploadOf(objectKey))) parsed.push(one);
  return parsed;
};

/** Why a content cannot be read at all; undefined when it can. */
export const problemWith = async (name: string, content: Content) => {
  try {
    await parseWith(name, content);
  } catch (error) {
    if (error instanceof UnreadableFile) return error.problem;
    throw error;
  }
  return undefined;
};
