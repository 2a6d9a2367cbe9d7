import { readFileSync } from 'node:fs';
import type { DiscoveryRecord } from '../../domain/discovery/record.ts';

/** A file of the invented airline's clouds, by folder and name: `fixture('azure', 'graph-answer')`. */
export const fixture = (folder: 'azure' | 'gcp' | 'kubernetes' | 'terraform', name: string): string =>
  readFileSync(new URL(`../fixtures/${folder}/${name}.json`, import.meta.url), 'utf8');

/** Relations in short, towards records and cloud ids alike: `runs on out uid:...`. */
export const linksOf = ({ relations = [] }: DiscoveryRecord): string[] =>
  relations.map(
    ({ direction, identifiers = [], record, type }) => `${type} ${direction} ${record ?? identifiers[0]?.value}`,
  );

/** The record of that name; fails when there is none. */
export const named = (records: readonly DiscoveryRecord[], name: string): DiscoveryRecord => {
  const found = records.find((record) => record.name === name);
  if (found === undefined) throw new Error(`no ${name} among ${records.map((record) => record.name).join(', ')}`);
  return found;
};
