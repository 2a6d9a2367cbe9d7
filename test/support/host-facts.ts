import { readFileSync } from 'node:fs';
import { DiscoveryRecord, type ParsedRecord, RecordFault } from '../../domain/discovery/record.ts';
import { UnreadableFile } from '../../functions/imports/formats/format.ts';
import { chooseFormat } from './formats.ts';

/** Where the invented tools of Skyways upload to. */
export const context = { source: 'skyways-facts', objectKey: 'inbox/one.json', storedAt: '2026-03-02T07:00:00.000Z' };

export const fixture = (name: string): string =>
  readFileSync(new URL(`../fixtures/host-facts/${name}.json`, import.meta.url), 'utf8');

export const textOf = (content: unknown): string => (typeof content === 'string' ? content : JSON.stringify(content));

async function* chunksOf(text: string, size: number): AsyncGenerator<Uint8Array> {
  const bytes = new TextEncoder().encode(text);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** The name of the format that recognises the content. */
export const formatOf = (content: unknown): string =>
  chooseFormat(textOf(content).slice(0, 65_536), context, undefined).name;

/** Records and faults of a file, in file order, each checked against the contract; the format is the one that recognises it. */
export const parse = async (content: unknown, named?: string, chunk = 97): Promise<ParsedRecord[]> => {
  const text = textOf(content);
  const parsed: ParsedRecord[] = [];
  const format = chooseFormat(text.slice(0, 65_536), context, named);
  for await (const one of format.parse(chunksOf(text, chunk), context)) {
    if ('record' in one) DiscoveryRecord.parse(one.record);
    else RecordFault.parse(one.fault);
    parsed.push(one);
  }
  return parsed;
};

export const recordsIn = (parsed: readonly ParsedRecord[]): DiscoveryRecord[] =>
  parsed.flatMap((one) => ('record' in one ? [one.record] : []));

export const reasonsIn = (parsed: readonly ParsedRecord[]): (string | undefined)[] =>
  parsed.flatMap((one) => ('fault' in one ? [one.fault.errors[0]?.reason] : []));

/** The one record of a file. */
export const recordOf = async (content: unknown, named?: string): Promise<DiscoveryRecord> => {
  const records = recordsIn(await parse(content, named));
  const [record] = records;
  if (record === undefined || records.length > 1) throw new Error(`one record expected, got ${records.length}`);
  return record;
};

export const valuesOf = (record: DiscoveryRecord, type: string): string[] =>
  record.identifiers.filter((one) => one.type === type).map(({ value }) => value);

/** Why a text cannot be read, undefined when it can. */
export const problemOf = async (content: unknown, named: string) => {
  try {
    await parse(content, named);
  } catch (error) {
    if (error instanceof UnreadableFile) return error.problem;
    throw error;
  }
  return undefined;
};

/** Facts of a host as `setup` gathers them, over a few that every host has. */
export const gathered = (facts: object = {}, name = 'gate-1'): Record<string, unknown> => ({
  ansible_hostname: name,
  ansible_distribution: 'Debian',
  ansible_interfaces: ['lo'],
  ...facts,
});
