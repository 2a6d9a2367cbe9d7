import { readFileSync } from 'node:fs';
import { DiscoveryRecord, type ParsedRecord } from '../../domain/discovery/record.ts';
import { UnreadableFile, type UploadContext } from '../../functions/imports/formats/format.ts';
import { chooseFormat } from './formats.ts';

export const fixture = (name: string): string =>
  readFileSync(new URL(`../fixtures/aws/${name}.json`, import.meta.url), 'utf8');

export async function* chunksOf(text: string, size = 997): AsyncGenerator<Uint8Array> {
  const bytes = new TextEncoder().encode(text);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

const contextOf = (objectKey: string): UploadContext => ({
  source: 'skyways-aws',
  objectKey,
  storedAt: '2026-05-04T07:00:00.000Z',
});

/** The format that recognises the text, by name. */
export const formatOf = (text: string, objectKey = 'discovery/skyways-aws/one.json'): string =>
  chooseFormat(text.slice(0, 65_536), contextOf(objectKey), undefined).name;

/** Everything that the text holds, read by the format that recognises it. */
export const parseAll = async (text: string, objectKey = 'discovery/skyways-aws/one.json'): Promise<ParsedRecord[]> => {
  const context = contextOf(objectKey);
  const parsed: ParsedRecord[] = [];
  const format = chooseFormat(text.slice(0, 65_536), context, undefined);
  for await (const one of format.parse(chunksOf(text), context)) parsed.push(one);
  return parsed;
};

/** The records of a text that must not have faults, each checked against the contract. */
export const recordsOf = async (value: unknown, objectKey?: string): Promise<DiscoveryRecord[]> => {
  const parsed = await parseAll(typeof value === 'string' ? value : JSON.stringify(value), objectKey);
  return parsed.map((one) => {
    if ('fault' in one) throw new Error(JSON.stringify(one.fault));
    return DiscoveryRecord.parse(one.record);
  });
};

/** The one record of a text. */
export const recordOf = async (value: unknown, objectKey?: string): Promise<DiscoveryRecord> => {
  const [record, ...others] = await recordsOf(value, objectKey);
  if (record === undefined || others.length > 0) throw new Error(`one record expected, got ${others.length + 1}`);
  return record;
};

/** Why a text cannot be read; fails when it can. */
export const problemOf = async (text: string, objectKey?: string) => {
  try {
    await parseAll(text, objectKey);
  } catch (error) {
    if (error instanceof UnreadableFile) return error.problem;
    throw error;
  }
  throw new Error('the text was read');
};

export const valuesOf = ({ identifiers }: DiscoveryRecord, type: string): string[] =>
  identifiers.filter((one) => one.type === type).map(({ value }) => value);

/** Relations in short: `member of out aws:...`. */
export const edgesOf = ({ relations = [] }: DiscoveryRecord): string[] =>
  relations.map(({ direction, identifiers = [], type }) => `${type} ${direction} ${identifiers[0]?.value}`);

type Json = Record<string, unknown>;

/** The items of the fixture snapshot, as parsed; the first is an instance. */
export const snapshotItems = (JSON.parse(fixture('config-snapshot')) as { configurationItems: [Json, ...Json[]] })
  .configurationItems;

/** A change notification about an item. */
export const notification = (item: unknown, more: Json = {}) => ({
  configurationItemDiff: { changedProperties: {}, changeType: 'UPDATE' },
  configurationItem: item,
  messageType: 'ConfigurationItemChangeNotification',
  ...more,
});

/** A message in the envelope of SNS. */
export const sns = (message: unknown) => ({
  Type: 'Notification',
  TopicArn: 'arn:x',
  Message: JSON.stringify(message),
});

/** The record without what its place in the file decides. */
export const withoutLine = (record: DiscoveryRecord) => ({ ...record, line: 0, recordIndex: 0 });
