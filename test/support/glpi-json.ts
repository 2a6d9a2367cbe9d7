import { readFileSync } from 'node:fs';
import { DiscoveryRecord, type ParsedRecord } from '../../domain/discovery/record.ts';
import { UnreadableFile } from '../../functions/imports/formats/format.ts';
import { glpiJson } from '../../functions/imports/formats/glpi-json/format.ts';
import { mapGlpi } from '../../functions/imports/formats/glpi-json/map.ts';

/** Where the invented agents of Skyways upload to. */
export const context = { source: 'skyways-agents', objectKey: 'inbox/one.json', storedAt: '2026-05-04T07:00:00.000Z' };
export const fixture = (name: string): string =>
  readFileSync(new URL(`../fixtures/glpi-json/${name}.json`, import.meta.url), 'utf8');

async function* chunksOf(bytes: Uint8Array, size = 97): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** The records of a parse that must not have faults, each checked against the contract. */
export const recordsOf = (parsed: ParsedRecord[]): DiscoveryRecord[] =>
  parsed.map((one) => {
    if ('fault' in one) throw new Error(JSON.stringify(one.fault));
    return DiscoveryRecord.parse(one.record);
  });

export const parse = async (text: string): Promise<DiscoveryRecord[]> => {
  const parsed: ParsedRecord[] = [];
  for await (const one of glpiJson.parse(chunksOf(new TextEncoder().encode(text)), context)) parsed.push(one);
  return recordsOf(parsed);
};

export const read = (name: string) => parse(fixture(name));

export const mainOf = (document: unknown): DiscoveryRecord => {
  const [main] = recordsOf(mapGlpi(document));
  if (main === undefined) throw new Error('no record');
  return main;
};

export const only = <T>(values: readonly T[]): T => {
  if (values.length !== 1) throw new Error(`one value expected, got ${values.length}`);
  return values[0] as T;
};

/** Why a text cannot be read, undefined when it can. */
export const problemOf = async (text: string) => {
  try {
    await parse(text);
  } catch (error) {
    if (error instanceof UnreadableFile) return error.problem;
    throw error;
  }
  return undefined;
};

export const valuesOf = (record: DiscoveryRecord | undefined, type: string): string[] =>
  (record?.identifiers ?? []).filter((one) => one.type === type).map(({ value }) => value);

export const keysOf = (records: readonly DiscoveryRecord[]): string[] => records.map(({ nativeKey }) => nativeKey);
