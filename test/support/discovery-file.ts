import { readFileSync } from 'node:fs';
import { DiscoveryRecord, type ParsedRecord, RecordFault } from '../../domain/discovery/record.ts';
import { type Format, UnreadableFile } from '../../functions/imports/formats/format.ts';
import { chooseFormat } from './formats.ts';

const context = {
  source: 'skyways-feed',
  objectKey: 'discovery/skyways-feed/one',
  storedAt: '2026-03-02T07:00:00.000Z',
};

/** `path` below test/fixtures. */
export const fixtureText = (path: string): string =>
  readFileSync(new URL(`../fixtures/${path}`, import.meta.url), 'utf8');

export const asText = (content: unknown): string => (typeof content === 'string' ? content : JSON.stringify(content));

export async function* inChunks(text: string, size: number): AsyncGenerator<Uint8Array> {
  const bytes = new TextEncoder().encode(text);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** The name of the format that the registry gives the content to. */
export const recognised = (content: unknown): string =>
  chooseFormat(asText(content).slice(0, 65_536), context, undefined).name;

/** What the format makes of a content, each record and fault checked against the contract. `objectKey` as it lies in the bucket. */
export const parseWith = async (
  { parse }: Format,
  content: unknown,
  { objectKey = context.objectKey, chunk = 997 }: { objectKey?: string; chunk?: number } = {},
): Promise<ParsedRecord[]> => {
  const parsed: ParsedRecord[] = [];
  for await (const one of parse(inChunks(asText(content), chunk), { ...context, objectKey })) {
    if ('record' in one) DiscoveryRecord.parse(one.record);
    else RecordFault.parse(one.fault);
    parsed.push(one);
  }
  return parsed;
};

export const recordsOf = (parsed: readonly ParsedRecord[]): DiscoveryRecord[] =>
  parsed.flatMap((one) => ('record' in one ? [one.record] : []));

export const errorsOf = (parsed: readonly ParsedRecord[]) =>
  parsed.flatMap((one) => ('fault' in one ? one.fault.errors : []));

/** Why a file is refused as a whole, undefined when it is not. */
export const refusalOf = async (format: Format, content: unknown, options?: { objectKey?: string }) => {
  try {
    await parseWith(format, content, options);
  } catch (error) {
    if (error instanceof UnreadableFile) return error.problem;
    throw error;
  }
  return undefined;
};
