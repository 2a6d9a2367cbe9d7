import type { DiscoveryRecord, RawIdentifier } from '../discovery/record.ts';
import { cleanText } from './clean-text.ts';
import { claimKeyOf, type Identifier, type IdentifierType } from './identifier.ts';
import { hardwareJudges } from './judge-hardware.ts';
import { logicalJudges } from './judge-logical.ts';
import { uuidFromSerial } from './uuid.ts';
import { type Judge, reject, type Setting } from './verdict.ts';

const judges: Record<IdentifierType, Judge> = { ...hardwareJudges, ...logicalJudges };
const longest = 300;

/**
 * One raw identifier, normalised and judged; undefined when the source left it empty. Never throws.
 * Normalising a usable normalised value again gives the same value. Rules: discovery-formats.md sections 28, 29 and 33, step 0.
 */
export const normaliseIdentifier = (raw: RawIdentifier, setting: Setting): Identifier | undefined => {
  const text = cleanText(raw.value);
  if (text === '') return undefined;
  const judged = judges[raw.type](text, raw, setting);
  const verdict = judged.value.length > longest ? reject(judged.value, `longer than ${longest} characters`) : judged;
  const value = verdict.value.slice(0, longest).toWellFormed() || text.slice(0, longest).toWellFormed();
  const written = raw.value.slice(0, 1000).toWellFormed();
  return { type: raw.type, ...verdict, value, ...(written === value ? {} : { raw: written }) };
};

/**
 * The identifiers of a record, one for each distinct type, scope and value, in an order that does not depend on the file's.
 * The UUID that a virtual machine's serial spells out is added when the record names no usable one.
 * `feed` scopes what is only unique in the network that the source sees: hostname, IP, private MAC.
 */
export const normaliseIdentifiers = (
  record: Pick<DiscoveryRecord, 'identifiers' | 'nature' | 'container' | 'ciClass'>,
  feed: string,
): Identifier[] => {
  const container = record.container === true || record.ciClass === 'container-workload';
  const setting = { feed, nature: record.nature, container };
  const found = record.identifiers.flatMap((raw) => normaliseIdentifier(raw, setting) ?? []);
  const hasUuid = found.some(({ type, strength }) => type === 'uuid' && strength !== 'rejected');
  const spelt = hasUuid ? [] : record.identifiers.flatMap((raw) => uuidInside(raw, setting) ?? []);
  const distinct = new Map<string, Identifier>();
  for (const identifier of [...found, ...spelt].sort(byTrust)) {
    const key = claimKeyOf(identifier);
    if (!distinct.has(key)) distinct.set(key, identifier);
  }
  return [...distinct].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, identifier]) => identifier);
};

const uuidInside = (raw: RawIdentifier, setting: Setting): Identifier | undefined => {
  const value = raw.type === 'serial' ? uuidFromSerial(raw.value) : undefined;
  return value === undefined ? undefined : normaliseIdentifier({ type: 'uuid', value }, setting);
};

const strengths = ['strong', 'medium', 'weak', 'rejected'] as const;

/** Of two spellings of one identifier the stronger stays, then the one with a qualifier, then the first in text order. */
const byTrust = (a: Identifier, b: Identifier): number =>
  strengths.indexOf(a.strength) - strengths.indexOf(b.strength) ||
  Number(a.qualifier === undefined) - Number(b.qualifier === undefined) ||
  compare(a.qualifier ?? '', b.qualifier ?? '') ||
  compare(a.raw ?? '', b.raw ?? '');

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
