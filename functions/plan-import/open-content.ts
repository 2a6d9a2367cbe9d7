import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { RunProblem } from '../../domain/import/run.ts';
import { UnreadableFile } from '../imports/formats/format.ts';
import { peek } from '../imports/formats/peek.ts';
import { toUtf8 } from './to-utf8.ts';

const headSize = 64 * 1024;
/** An honest export shrinks 5 to 12 times. */
const largestRatio = 100;
const freeOfRatio = 50 * 1024 * 1024;

/** Content whose head was looked at. `close` lets go of what was not read. */
type Content = { body: AsyncIterable<Uint8Array>; close: () => Promise<void> } & (
  | { head: string }
  | { problem: RunProblem }
);

/**
 * The content, unpacked and as UTF-8, with its first 64 kB looked at: gzip is known by its magic bytes, never by a suffix. Where the head cannot be
 * unpacked, `problem` says why.
 */
export const openContent = async (body: AsyncIterable<Uint8Array>): Promise<Content> => {
  const packed = await peek(body, 2);
  const isGzip = packed.start[0] === 0x1f && packed.start[1] === 0x8b;
  try {
    const bytes = await peek(isGzip ? gunzip(packed.all) : packed.all, 2);
    const plain = await peek(toUtf8(bytes.start, bytes.all), headSize);
    const close = async () => {
      await plain.close();
      await bytes.close();
      await packed.close();
    };
    return { head: new TextDecoder('utf-8').decode(plain.start.subarray(0, headSize)), body: plain.all, close };
  } catch (error) {
    await packed.close();
    if (!(error instanceof UnreadableFile)) throw error;
    return { problem: error.problem, body: packed.all, close: packed.close };
  }
};

/** Unpacks as a stream and stops at a bomb: beyond 50 MB, content may be at most 100 times the size of what was read. */
const gunzip = async function* (body: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  let packed = 0;
  let plain = 0;
  const counted = async function* () {
    for await (const part of body) {
      packed += part.length;
      yield part;
    }
  };
  // The callback is only there to be called: an error of the source ends the loop below, too.
  const unpacked = pipeline(Readable.from(counted()), createGunzip(), () => {});
  try {
    for await (const part of unpacked as AsyncIterable<Uint8Array>) {
      plain += part.length;
      if (plain > freeOfRatio && plain > packed * largestRatio) {
        throw new UnreadableFile({
          code: 'gzip-bomb',
          detail: `The file unpacks to more than ${largestRatio} times its size.`,
        });
      }
      yield part;
    }
  } catch (error) {
    if (!isDamage(error)) throw error;
    throw new UnreadableFile({
      code: 'gzip-broken',
      detail: 'The gzip data is cut off or damaged. Upload the file again.',
    });
  }
};

/** What zlib says of the content. Anything else (a lost connection) says nothing of the file and is tried again. */
const isDamage = (error: unknown): boolean => String((error as { code?: unknown } | undefined)?.code).startsWith('Z_');
