import { readFile } from 'node:fs/promises';
import { DiscoveryRecord, type ParsedRecord, RecordFault } from '../../domain/discovery/record.ts';
import { canonical } from '../../domain/shared/canonical.ts';
import { csv } from '../../functions/imports/formats/csv/format.ts';
import { UnreadableFile, type UploadContext } from '../../functions/imports/formats/format.ts';

export const context: UploadContext = {
  source: 'book',
  objectKey: 'discovery/book/a.csv',
  storedAt: '2026-05-03T10:00:00.000Z',
};

/** What a file yields, each item checked against the contract (of a long file the first ones). */
export const parse = async (content: string | Uint8Array, profile?: string): Promise<ParsedRecord[]> => {
  const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
  const body = (async function* () {
    yield bytes;
  })();
  const parsed: ParsedRecord[] = [];
  for await (const item of csv.parse(body, profile === undefined ? context : { ...context, profile })) {
    if ('fault' in item) RecordFault.parse(item.fault);
    else if (parsed.length < 50 && canonical(DiscoveryRecord.parse(item.record)) !== canonical(item.record)) {
      throw new Error(`not canonical: ${JSON.stringify(item.record)}`);
    }
    parsed.push(item);
  }
  return parsed;
};

export const records = async (content: string | Uint8Array, profile?: string): Promise<DiscoveryRecord[]> =>
  (await parse(content, profile)).flatMap((item) => ('record' in item ? [item.record] : []));

export const faultsOf = (parsed: ParsedRecord[]): RecordFault[] =>
  parsed.flatMap((item) => ('fault' in item ? [item.fault] : []));

export const codesOf = (record: DiscoveryRecord | undefined) => record?.warnings.map(({ code }) => code);

/** Why a file cannot be read, undefined when it can. */
export const problemOf = async (content: string | Uint8Array, profile?: string) => {
  try {
    await parse(content, profile);
  } catch (error) {
    if (error instanceof UnreadableFile) return error.problem;
    throw error;
  }
  return undefined;
};

export const fixture = (name: string): Promise<Buffer> => readFile(new URL(`../fixtures/csv/${name}`, import.meta.url));
